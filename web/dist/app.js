// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var me,$,qe,Mt,M,Oe,Be,Ve,Se,le,Q,Ge,Te,xe,Ce,Wt,de={},_e=[],jt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,he=Array.isArray;function O(e,t){for(var n in t)e[n]=t[n];return e}function Pe(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ae(e,t,n){var o,i,r,c={};for(r in t)r=="key"?o=t[r]:r=="ref"?i=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?me.call(arguments,2):n),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return ue(e,c,o,i,null)}function ue(e,t,n,o,i){var r={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++qe,__i:-1,__u:0};return i==null&&$.vnode!=null&&$.vnode(r),r}function G(e){return e.children}function pe(e,t){this.props=e,this.context=t}function j(e,t){if(t==null)return e.__?j(e.__,e.__i+1):null;for(var n;t<e.__k.length;t++)if((n=e.__k[t])!=null&&n.__e!=null)return n.__e;return typeof e.type=="function"?j(e):null}function qt(e){if(e.__P&&e.__d){var t=e.__v,n=t.__e,o=[],i=[],r=O({},t);r.__v=t.__v+1,$.vnode&&$.vnode(r),Ne(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[n]:null,o,n??j(t),!!(32&t.__u),i),r.__v=t.__v,r.__.__k[r.__i]=r,Je(o,r,i),t.__e=t.__=null,r.__e!=n&&ze(r)}}function ze(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),ze(e)}function Me(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!fe.__r++||Oe!=$.debounceRendering)&&((Oe=$.debounceRendering)||Be)(fe)}function fe(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ve),e=M.shift(),t=M.length,qt(e)}finally{M.length=fe.__r=0}}function Ke(e,t,n,o,i,r,c,u,p,l,d){var m,a,f,y,T,v,S=o&&o.__k||_e,h=t.length;for(p=Bt(n,t,S,p,h),m=0;m<h;m++)(f=n.__k[m])!=null&&(a=f.__i!=-1&&S[f.__i]||de,f.__i=m,v=Ne(e,f,a,i,r,c,u,p,l,d),y=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Ee(a.ref,null,f),d.push(f.ref,f.__c||y,f)),T==null&&y!=null&&(T=y),4&f.__u?(p=Ye(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:y&&(p=y.nextSibling),f.__u&=-7);return n.__e=T,p}function Bt(e,t,n,o,i){var r,c,u,p,l,d=n.length,m=d,a=0;for(e.__k=new Array(i),r=0;r<i;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=ue(null,c,null,null,null):he(c)?c=e.__k[r]=ue(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=ue(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,p=r+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Vt(c,n,p,m))!=-1&&(m--,(u=n[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>d?a--:i<d&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[r]=null;if(m)for(r=0;r<d;r++)(u=n[r])!=null&&(2&u.__u)==0&&(u.__e==o&&(o=j(u)),Qe(u,u));return o}function Ye(e,t,n){var o,i;if(typeof e.type=="function"){for(o=e.__k,i=0;o&&i<o.length;i++)o[i]&&(o[i].__=e,t=Ye(o[i],t,n));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=j(e)),t=n.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Vt(e,t,n,o){var i,r,c,u=e.key,p=e.type,l=t[n],d=l!=null&&(2&l.__u)==0;if(l===null&&u==null||d&&u==l.key&&p==l.type)return n;if(o>(d?1:0)){for(i=n-1,r=n+1;i>=0||r<t.length;)if((l=t[c=i>=0?i--:r++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function We(e,t,n){t[0]=="-"?e.setProperty(t,n??""):e[t]=n==null?"":typeof n!="number"||jt.test(t)?n:n+"px"}function ce(e,t,n,o,i){var r,c;e:if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.cssText=o=""),o)for(t in o)n&&t in n||We(e.style,t,"");if(n)for(t in n)o&&n[t]==o[t]||We(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(Ge,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=n,n?o?n[Q]=o[Q]:(n[Q]=Te,e.addEventListener(t,r?Ce:xe,r)):e.removeEventListener(t,r?Ce:xe,r);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=n??"";break e}catch{}typeof n=="function"||(n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n))}}function je(e){return function(t){if(this.l){var n=this.l[t.type+e];if(t[le]==null)t[le]=Te++;else if(t[le]<n[Q])return;return n($.event?$.event(t):t)}}}function Ne(e,t,n,o,i,r,c,u,p,l){var d,m,a,f,y,T,v,S,h,I,J,W,Z,He,ae,ke,F=t.type;if(t.constructor!==void 0)return null;128&n.__u&&(p=!!(32&n.__u),r=[u=t.__e=n.__e]),(d=$.__b)&&d(t);e:if(typeof F=="function"){m=c.length;try{if(h=t.props,I=F.prototype&&F.prototype.render,J=(d=F.contextType)&&o[d.__c],W=d?J?J.props.value:d.__:o,n.__c?S=(a=t.__c=n.__c).__=a.__E:(I?t.__c=a=new F(h,W):(t.__c=a=new pe(h,W),a.constructor=F,a.render=zt),J&&J.sub(a),a.state||(a.state={}),a.__n=o,f=a.__d=!0,a.__h=[],a._sb=[]),I&&a.__s==null&&(a.__s=a.state),I&&F.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=O({},a.__s)),O(a.__s,F.getDerivedStateFromProps(h,a.__s))),y=a.props,T=a.state,a.__v=t,f)I&&F.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),I&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(I&&F.getDerivedStateFromProps==null&&h!==y&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps(h,W),t.__v==n.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate(h,a.__s,W)===!1){t.__v!=n.__v&&(a.props=h,a.state=a.__s,a.__d=!1),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(V){V&&(V.__=t)}),_e.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=j(n);break e}a.componentWillUpdate!=null&&a.componentWillUpdate(h,a.__s,W),I&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(y,T,v)})}if(a.context=W,a.props=h,a.__P=e,a.__e=!1,Z=$.__r,He=0,I)a.state=a.__s,a.__d=!1,Z&&Z(t),d=a.render(a.props,a.state,a.context),_e.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,Z&&Z(t),d=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++He<25);a.state=a.__s,a.getChildContext!=null&&(o=O(O({},o),a.getChildContext())),I&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(y,T)),ae=d!=null&&d.type===G&&d.key==null?Ze(d.props.children):d,u=Ke(e,he(ae)?ae:[ae],t,n,o,i,r,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),S&&(a.__E=a.__=null)}catch(V){if(c.length=m,t.__v=null,p||r!=null){if(V.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(ke=r.length;ke--;)Pe(r[ke])}else t.__e=n.__e;t.__k==null&&(t.__k=n.__k||[]),V.then||Xe(t),$.__e(V,t,n)}}else r==null&&t.__v==n.__v?(t.__k=n.__k,t.__e=n.__e):u=t.__e=Gt(n.__e,t,n,o,i,r,c,p,l);return(d=$.diffed)&&d(t),128&t.__u?void 0:u}function Xe(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Xe))}function Je(e,t,n){for(var o=0;o<n.length;o++)Ee(n[o],n[++o],n[++o]);$.__c&&$.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(r){r.call(i)})}catch(r){$.__e(r,i.__v)}})}function Ze(e){return typeof e!="object"||e==null||e.__b>0?e:he(e)?e.map(Ze):e.constructor!==void 0?null:O({},e)}function Gt(e,t,n,o,i,r,c,u,p){var l,d,m,a,f,y,T,v=n.props||de,S=t.props,h=t.type;if(h=="svg"?i="http://www.w3.org/2000/svg":h=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((f=r[l])&&"setAttribute"in f==!!h&&(h?f.localName==h:f.nodeType==3)){e=f,r[l]=null;break}}if(e==null){if(h==null)return document.createTextNode(S);e=document.createElementNS(i,h,S.is&&S),u&&($.__m&&$.__m(t,r),u=!1),r=null}if(h==null)v===S||u&&e.data==S||(e.data=S);else{if(r=h=="textarea"&&S.defaultValue!=null?null:r&&me.call(e.childNodes),!u&&r!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?m=f:l=="children"||l in S||l=="value"&&"defaultValue"in S||l=="checked"&&"defaultChecked"in S||ce(e,l,null,f,i);for(l in S)f=S[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?d=f:l=="value"?y=f:l=="checked"?T=f:u&&typeof f!="function"||v[l]===f||ce(e,l,f,v[l],i);if(d)u||m&&(d.__html==m.__html||d.__html==e.innerHTML)||(e.innerHTML=d.__html),t.__k=[];else if(m&&(e.innerHTML=""),Ke(t.type=="template"?e.content:e,he(a)?a:[a],t,n,o,h=="foreignObject"?"http://www.w3.org/1999/xhtml":i,r,c,r?r[0]:n.__k&&j(n,0),u,p),r!=null)for(l=r.length;l--;)Pe(r[l]);u&&h!="textarea"||(l="value",h=="progress"&&y==null?e.removeAttribute("value"):y!=null&&(y!==e[l]||h=="progress"&&!y||h=="option"&&y!=v[l])&&ce(e,l,y,v[l],i),l="checked",T!=null&&T!=e[l]&&ce(e,l,T,v[l],i))}return e}function Ee(e,t,n){try{if(typeof e=="function"){var o=typeof e.__u=="function";o&&e.__u(),o&&t==null||(e.__u=e(t))}else e.current=t}catch(i){$.__e(i,n)}}function Qe(e,t,n){var o,i;if($.unmount&&$.unmount(e),(o=e.ref)&&(o.current&&o.current!=e.__e||Ee(o,null,t)),(o=e.__c)!=null){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(r){$.__e(r,t)}o.base=o.__P=o.__n=null}if(o=e.__k)for(i=0;i<o.length;i++)o[i]&&Qe(o[i],t,n||typeof e.type!="function");n||Pe(e.__e),e.__c=e.__=e.__e=void 0}function zt(e,t,n){return this.constructor(e,n)}function et(e,t,n){var o,i,r,c;t==document&&(t=document.documentElement),$.__&&$.__(e,t),i=(o=typeof n=="function")?null:n&&n.__k||t.__k,r=[],c=[],Ne(t,e=(!o&&n||t).__k=Ae(G,null,[e]),i||de,de,t.namespaceURI,!o&&n?[n]:i?null:t.firstChild?me.call(t.childNodes):null,r,!o&&n?n:i?i.__e:t.firstChild,o,c),Je(r,e,c),e.props.children=null}me=_e.slice,$={__e:function(e,t,n,o){for(var i,r,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((r=i.constructor)&&r.getDerivedStateFromError!=null&&(i.setState(r.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,o||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},qe=0,Mt=function(e){return e!=null&&e.constructor===void 0},pe.prototype.setState=function(e,t){var n;n=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},n),this.props)),e&&O(n,e),e!=null&&this.__v&&(t&&this._sb.push(t),Me(this))},pe.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),Me(this))},pe.prototype.render=G,M=[],Be=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ve=function(e,t){return e.__v.__b-t.__v.__b},fe.__r=0,Se=Math.random().toString(8),le="__d"+Se,Q="__a"+Se,Ge=/(PointerCapture)$|Capture$/i,Te=0,xe=je(!1),Ce=je(!0),Wt=0;var ee,g,Le,tt,te=0,lt=[],b=$,nt=b.__b,ot=b.__r,rt=b.diffed,st=b.__c,it=b.unmount,at=b.__;function Ue(e,t){b.__h&&b.__h(g,e,te||t),te=0;var n=g.__H||(g.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function w(e){return te=1,Kt(_t,e)}function Kt(e,t,n){var o=Ue(ee++,2);if(o.t=e,!o.__c&&(o.__=[n?n(t):_t(void 0,t),function(u){var p=o.__N?o.__N[0]:o.__[0],l=o.t(p,u);p!==l&&(o.__N=[l,o.__[1]],o.__c.setState({}))}],o.__c=g,!g.__f)){var i=function(u,p,l){if(!o.__c.__H)return!0;var d=!1,m=o.__c.props!==u;if(o.__c.__H.__.some(function(f){if(f.__N){d=!0;var y=f.__[0];f.__=f.__N,f.__N=void 0,y!==f.__[0]&&(m=!0)}}),r){var a=r.call(this,u,p,l);return d?a||m:a}return!d||m};g.__f=!0;var r=g.shouldComponentUpdate,c=g.componentWillUpdate;g.componentWillUpdate=function(u,p,l){if(this.__e){var d=r;r=void 0,i(u,p,l),r=d}c&&c.call(this,u,p,l)},g.shouldComponentUpdate=i}return o.__N||o.__}function N(e,t){var n=Ue(ee++,3);!b.__s&&dt(n.__H,t)&&(n.__=e,n.u=t,g.__H.__h.push(n))}function R(e){return te=5,ut(function(){return{current:e}},[])}function ut(e,t){var n=Ue(ee++,7);return dt(n.__H,t)&&(n.__=e(),n.__H=t,n.__h=e),n.__}function pt(e,t){return te=8,ut(function(){return e},t)}function Yt(){for(var e;e=lt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some($e),t.__h.some(De),t.__h=[]}catch(n){t.__h=[],b.__e(n,e.__v)}}}b.__b=function(e){g=null,nt&&nt(e)},b.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),at&&at(e,t)},b.__r=function(e){ot&&ot(e),ee=0;var t=(g=e.__c).__H;t&&(Le===g?(t.__h=[],g.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})):(t.__h.some($e),t.__h.some(De),t.__h=[],ee=0)),Le=g},b.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(lt.push(t)!==1&&tt===b.requestAnimationFrame||((tt=b.requestAnimationFrame)||Xt)(Yt)),t.__H.__.some(function(n){n.u&&(n.__H=n.u,n.u=void 0)})),Le=g=null},b.__c=function(e,t){t.some(function(n){try{n.__h.some($e),n.__h=n.__h.filter(function(o){return!o.__||De(o)})}catch(o){t.some(function(i){i.__h&&(i.__h=[])}),t=[],b.__e(o,n.__v)}}),st&&st(e,t)},b.unmount=function(e){it&&it(e);var t,n=e.__c;n&&n.__H&&(n.__H.__.some(function(o){try{$e(o)}catch(i){t=i}}),n.__H=void 0,t&&b.__e(t,n.__v))};var ct=typeof requestAnimationFrame=="function";function Xt(e){var t,n=function(){clearTimeout(o),ct&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);ct&&(t=requestAnimationFrame(n))}function $e(e){var t=g,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),g=t}function De(e){var t=g;e.__c=e.__(),g=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(n,o){return n!==e[o]})}function _t(e,t){return typeof t=="function"?t(e):t}var Ie="",ft=()=>{},ye=class extends Error{constructor(t,n,o){super(n),this.code=t,this.status=o}},mt=e=>ft=e,ne=e=>Ie=e??"";function Jt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Zt(e){let{code:t="",says:n}=await e.json().catch(()=>({}));return new ye(t,Jt(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function k(e,t,{json:n,body:o,headers:i={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(r.headers["X-CSRF-Token"]=Ie),n!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=n===void 0?o:JSON.stringify(n);let c;try{c=await fetch("/api/"+t,r)}catch{throw new ye("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Zt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function ht(e,t){let n=t.flatMap((o,i)=>i===0?[o]:[`
`,o]);return k("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(o=>o.name).join(" + "))}})}var $t=()=>{},yt=e=>$t=e,E=(e,t="good")=>$t({text:e,tone:t});function D(e){let[t,n]=w({}),o=pt(async()=>{try{let i=await k("GET",e);n({path:e,data:i})}catch(i){n({path:e,problem:i})}},[e]);return N(()=>{o()},[o]),t.path===e?{...t,reload:o}:{reload:o}}function P(){let[e,t]=w(!1);async function n(o){E(""),t(!0);try{let i=await o();return i?.says&&E(i.says,i.tone),!0}catch(i){return E(i.message,"bad"),!1}finally{t(!1)}}return[e,n]}var gt=function(e,t,n,o){var i;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,n[t[r++]]):t[++r];c===3?o[0]=u:c===4?o[1]=Object.assign(o[1]||{},u):c===5?(o[1]=o[1]||{})[t[++r]]=u:c===6?o[1][t[++r]]+=u+"":c?(i=e.apply(u,gt(e,u,n,["",null])),o.push(i),u[0]?t[0]|=2:(t[r-2]=0,t[r]=i)):o.push(u)}return o},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(n){for(var o,i,r=1,c="",u="",p=[0],l=function(a){r===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):r===3&&(a||c)?(p.push(3,a,c),r=2):r===2&&c==="..."&&a?p.push(4,a,0):r===2&&c&&!a?p.push(5,0,!0,c):r>=5&&((c||!a&&r===5)&&(p.push(r,0,c,i),r=6),a&&(p.push(r,a,0,i),r=6)),c=""},d=0;d<n.length;d++){d&&(r===1&&l(),l(d));for(var m=0;m<n[d].length;m++)o=n[d][m],r===1?o==="<"?(l(),p=[p],r=3):c+=o:r===4?c==="--"&&o===">"?(r=1,c=""):c=o+c[0]:u?o===u?u="":c+=o:o==='"'||o==="'"?u=o:o===">"?(l(),r=1):r&&(o==="="?(r=5,i=c,c=""):o==="/"&&(r<5||n[d][m+1]===">")?(l(),r===3&&(p=p[0]),r=p,(p=p[0]).push(2,0,r),r=0):o===" "||o==="	"||o===`
`||o==="\r"?(l(),r=2):c+=o),r===3&&c==="!--"&&(r=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var s=bt.bind(Ae);var Qt=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,en=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function _(e,t=!1){return String(e??"").replace(Qt,n=>t&&n===`
`?n:en(n))}function x(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:_(e)}var wt=e=>x(e).split(" ")[0],q=(e,t)=>e+" "+t+(e===1?"":"s");function z(e){return e<0?"expired":e===0?"less than a day left":q(e,"day")+" left"}var K=e=>_(e).replaceAll(":","").toUpperCase(),tn={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function ve(e,t){return t==="server"&&e==="not-established"?{word:"No certificate",tone:"plain"}:tn[e]??{word:_(e),tone:"warn"}}var ge={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var L=({text:e})=>s`<bdi>${_(e)}</bdi>`,A=({group:e,children:t})=>s`
  <h1 tabindex="-1">${e&&s`<span class="group">${e} > </span>`}${t}</h1>
`,C=({tone:e,title:t,children:n})=>s`
  <div class=${"notice "+e}>
    ${t&&s`<p class="notice-title">${t}</p>`}
    ${n}
  </div>
`,Y=({decision:e,role:t})=>{let{word:n,tone:o}=ve(e,t);return s`<span class=${"decision "+o}>${n}</span>`};function U({from:e,children:t}){return e.problem?s`<${C} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):s`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var H=({rows:e})=>s`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,n])=>s`<div key=${t}><dt>${t}</dt><dd>${n}</dd></div>`)}
  </dl>
`;function be({path:e,label:t,hint:n,several:o,done:i}){let r=R(),[c,u]=P();async function p(l){l.preventDefault();let d=[...r.current.files];if(d.length===0){E("Choose a file first.","bad"),r.current.focus();return}await u(()=>ht(e,d))&&(r.current.value="",i())}return s`
    <form class="upload" onSubmit=${p}>
      <label>${t}<input type="file" ref=${r} multiple=${o} /></label>
      <button disabled=${c}>${c?"Uploading…":"Upload"}</button>
      <p class="hint">${n}</p>
    </form>
  `}function oe({label:e,question:t,yes:n,busy:o,act:i}){let[r,c]=w(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${n}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${o} onClick=${()=>c(!0)}>${e}</button>`}var Re=10,Fe=({label:e,name:t,autocomplete:n,field:o,hint:i})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${n} ref=${o} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&s`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function nn({chosen:e,again:t}){let n=[...e.value].length;return n<Re?`The new password has ${n} characters; it needs at least ${Re}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[n,o]=w(!1),[i,r]=P(),c=R(),u=R();N(()=>(n?u:c).current.focus(),[n]);async function p(l){l.preventDefault();let d=l.target,m=n?nn(d):"";if(m){E(m,"bad"),u.current.focus();return}let a={password:d.password.value};n&&(a.new_password=d.chosen.value),await r(async()=>{try{t((await k("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!n)return o(!0);throw c.current.select(),f}})}return s`
    <${A}>Log In<//>
    ${e&&s`<${C} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Fe} name="password" field=${c} autocomplete="current-password"
        label=${n?"One-time password":"Password"}
        hint=${n?"":"At the first log-in: the one-time password that the phone printed when it started."} />
      ${n&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Fe} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+Re+" characters."} />
        <${Fe} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${n?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(_).join(", "),on=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,rn=({shown:e})=>s`
  ${_(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${_(e.pem,!0)}</pre></details>`}
`,X=({certificate:e})=>s`
  <${H} rows=${[["Issued To",s`<${L} text=${e.subject.text} />`],["Issued By",s`<${L} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${K(e.serial_number)}</code>`],["Valid From",x(e.not_before)],["Valid Until",x(e.not_after)+" ("+z(e.days_left)+")"],["Names",St(e.names.map(on))||"none"],["Public Key",s`<${rn} shown=${e.public_key} />`],["Signature",_(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${_(e.sha256)}</code>`]]} />
`,re=({subject:e})=>_(e.common_name||e.organization||e.text);var sn=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${_(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${_(e.sha256)}</code></span>`}
  </p>
`,an=({finding:e,said:t})=>{let{fix:n}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${_(e.says)}</p>`}
      ${n?.say&&s`<p><strong>Next step:</strong> ${_(n.say)}</p>`}
      ${n?.pem&&s`<${sn} fix=${n} />`}
      ${n?.desk_phones?.length>0&&s`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${n.desk_phones.map(_).join(`
`)}</pre>`}
      <details>
        <summary>Details</summary>
        <p><code>${_(e.code)}</code></p>
        ${e.details&&s`<p class="quiet">${_(e.details)}</p>`}
      </details>
    </article>
  `},we=({verdict:{headline:e,findings:t}})=>t.map((n,o)=>s`<${an} key=${o} finding=${n} said=${n.says===e} />`);var cn=e=>(e/1e3).toFixed(1)+" ms",ln=({toServer:e})=>s`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,un=({step:e})=>s`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&s`<span class="number">${_(e.number)}</span>`}
      <strong>${_(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">encrypted</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${ln} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${_(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${cn(e.at_us)}</span>
    </p>
  </li>
`,pn=({step:e})=>s`
  <li class="from-here"><p>From here on (${_(e.number||e.name)}) the connection is encrypted</p></li>
`,dn=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((n,o)=>s`
        <${G} key=${o}>
          ${o===t&&s`<${pn} step=${n} />`}
          <${un} step=${n} />
        <//>
      `)}
  </ol>
`,_n=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:n})=>s`
  <${H} rows=${[["Result",_(e.result)],["Version",_(e.version)],["Cipher",_(e.cipher_suite)],["Key exchange",e.key_exchange&&_(e.key_exchange)+"; "+_n(e)]]} />
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?_(n):"This phone"}</span>
          <span>${t==="server"?"This phone":_(n)}</span>
        </div>
        <${dn} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var fn=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((n,o)=>s`
        <details key=${o} open=${o===0}>
          <summary>${re(n)}</summary>
          <${X} certificate=${n} />
        </details>
      `)}
  </section>
`,mn=({shown:e})=>s`
  <${C} tone=${ve(e.verdict.decision,e.role).tone}>
    <p class="notice-title">
      <${Y} decision=${e.verdict.decision} role=${e.role} /> <${L} text=${e.server} />
    </p>
    <p>${_(e.verdict.headline)}</p>
    <p class="quiet">${x(e.at)}, ${_(e.service)}; the phone was the ${_(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&s`<section class="card">
    <h2>What was found</h2>
    <${we} verdict=${e.verdict} />
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${xt} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&s`<${fn} certificates=${e.certificates} role=${e.role} />`}
`;function Ct({argument:e}){let t=D("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${U} from=${t}>${n=>s`<${mn} shown=${n} />`}<//>
  `}var hn=["Server","Service","Verdict","When"],$n=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${L} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${_(e.service)} <span class="life">phone was the ${_(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${Y} decision=${e.decision} role=${e.role} /><span class="life">${_(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${x(e.at)}</td>
  </tr>
`,yn=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${hn.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${$n} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=D("connections");return s`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${U} from=${e}>${({connections:t})=>s`<${yn} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(n=>s`<li>${_(n)}</li>`)}</ul>`,vn=({file:e,summary:t})=>s`
  <li>
    <p><strong><${L} text=${e.url} /></strong> <span class="quiet">${_(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${_(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${q(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,gn=({connection:e})=>s`
  <li>
    <p><${Y} decision=${e.verdict.decision} /> <strong><${L} text=${e.server} /></strong></p>
    <p>${_(e.verdict.headline)}</p>
    <${we} verdict=${e.verdict} />
  </li>
`,At=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${C} tone=${e.applied?"good":"bad"} title=${_(e.summary)} />
    ${e.warnings.map(t=>s`<${C} tone="warn"><p>${_(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${vn} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,n)=>s`<${gn} key=${n} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var B="static.auto_provision.server.",bn=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function wn({settings:e,reload:t}){let[n,o]=P(),i=R(),r=e[B+"password"]?.set;async function c(p){await o(()=>k("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:d,password:m}=i.current,a={url:e[B+"url"]?.value,username:e[B+"username"]?.value,password:""},f={url:l.value.trim(),username:d.value,password:m.value},y=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(y.length===0)return o(()=>({says:"Nothing was changed here, so all stays as it is."}));let T=Object.fromEntries(y.map(v=>[B+v,f[v]]));return c(T)}return s`
    <form class="card" ref=${i} onSubmit=${u} autocomplete="off">
      <h2>Provisioning server</h2>
      <label>Server URL
        <input name="url" type="text" inputmode="url" autocomplete="off" spellcheck=${!1} placeholder="https://prov.example.com/phones/"
          value=${e[B+"url"]?.value} />
      </label>
      <label>User Name
        <input name="user" type="text" autocomplete="off" spellcheck=${!1} value=${e[B+"username"]?.value} />
      </label>
      <label>Password
        <input name="password" type="password" autocomplete="new-password" aria-describedby="password-state"
          placeholder=${r?"set; leave empty to keep it":"not set"} />
      </label>
      <p class="hint" id="password-state">
        ${r?"A password is set. It is never shown; type a new one to replace it.":"No password is set."}
      </p>
      <div class="buttons">
        <button disabled=${n}>Confirm</button>
        ${r&&s`<${oe} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${n} act=${()=>c({[B+"password"]:null})} />`}
      </div>
    </form>
  `}function kn(){let[e,t]=w(),[n,o]=P();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${n} onClick=${()=>o(async()=>{t(void 0);let r=await k("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${n?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${At} report=${e} />`}
  `}function Nt(){let e=D("settings");return s`
    <${A} group="Settings">Auto Provision<//>
    <${U} from=${e}>
      ${t=>s`<${wn} settings=${bn(t)} reload=${e.reload} />`}
    <//>
    <${kn} />
  `}var Et=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${_(t.says)}`:""}</span>
  </li>
`;function Sn({previous:e,reload:t}){let[n,o]=P();async function i(){await o(()=>k("POST","server-certificate/undo"))&&t()}async function r(){await o(()=>k("DELETE","server-certificate/previous"))&&t()}return s`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${re(e.certificate)}, uploaded ${x(e.added)}</summary>
        <${X} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${n} onClick=${i}>Go Back to the Previous Certificate</button>
        <${oe} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${n} act=${r} />
      </p>
    </section>
  `}function xn({shown:e,reload:t}){let[n,o]=P();async function i(){await o(()=>k("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${C} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${X} certificate=${e.certificate} />
      <ul class="uses">
        <${Et} title="As server certificate" use=${e.usable_as_server} />
        <${Et} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${re(r)}</summary><${X} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${oe} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${n} act=${i} />`}
    </section>
    ${e.previous&&s`<${Sn} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${be} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One .pem file that holds both, with the chain if there is one; or mark the certificate's file and the key's file together." />
    </section>
  `}function Lt(){let e=D("server-certificate");return s`
    <${A} group="Security">Server Certificates<//>
    <${U} from=${e}>${t=>s`<${xn} shown=${t} reload=${e.reload} />`}<//>
  `}var se=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,Cn=({status:e})=>s`
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${se("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&s`<${C} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${se("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&s`<${C} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${se("security/server","Security > Server Certificates")}.</p>
  <//>`}
`,Tn=({status:e})=>s`
  <${Cn} status=${e} />
  <section class="card">
    <h2>Phone</h2>
    <${H} rows=${[["Version",_(e.version)],["MAC",s`<code>${_(e.mac)}</code>`],["Page",e.page_urls.map(t=>s`<div>${_(t)}</div>`)]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${H} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":s`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ge[e.list]],["Uploaded",se("security/trusted",q(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":s`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${H} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":_(e.page_certificate.subject.text)],["Serial Number",s`<code>${K(e.page_certificate.serial_number)}</code>`],["Valid Until",x(e.page_certificate.not_after)+" ("+z(e.page_certificate.days_left)+")"],["SHA-256",s`<code>${_(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${_(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&s`<p class="quiet">${x(e.provisioning.at)}</p>`}
    <p>${se("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Dt(){let e=D("status");return s`
    <${A}>Status<//>
    <${U} from=${e}>${t=>s`<${Tn} status=${t} />`}<//>
  `}var Pn={default:"0",custom:"1",all:"2"},An={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Ut=({label:e,hint:t,on:n,change:o})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${n} onChange=${i=>o(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function It({trusted:e,reload:t}){let{only_accept_trusted:n,list:o,check_name:i}=e,[r,c]=w(e),[u,p]=P(),l=m=>c({...r,...m});N(()=>c(e),[n,o,i]);async function d(m){m.preventDefault();let a={"static.security.trust_certificates":r.only_accept_trusted?"1":"0","static.security.ca_cert":Pn[r.list],"static.security.cn_validation":r.check_name?"1":"0"};await p(()=>k("PUT","settings",{json:a}))&&t()}return s`
    <form class="card" onSubmit=${d}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Ut} label="Only Accept Trusted Certificates" on=${r.only_accept_trusted}
        change=${m=>l({only_accept_trusted:m})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ge).map(([m,a])=>s`
            <label class="choice" key=${m}>
              <input type="radio" name="list" value=${m} checked=${r.list===m} onChange=${()=>l({list:m})} />
              <span>${a}</span><span class="hint">${An[m]}</span>
            </label>
          `)}
      </fieldset>
      <${Ut} label="Common Name Validation" on=${r.check_name} change=${m=>l({check_name:m})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var Nn=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${H} rows=${[["Serial Number",s`<code>${K(e.serial)}</code>`],["SHA-256",s`<code>${_(e.sha256)}</code>`],["Valid Until",x(e.expires)],["Added",x(e.added)+", "+_(e.origin)]]} />
  </details>
`,En=({row:e,marked:t,mark:n})=>s`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${L} text=${e.issued_to} /></span><${Nn} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${L} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${wt(e.expires)}</span>
      <span class=${"life"+(e.expired?" bad-text":"")}>${e.expired?"expired":z(e.days_left)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+_(e.issued_to)}
        checked=${t} onChange=${o=>n(e.id,o.target.checked)} />
    </td>
  </tr>
`,Ln=["Index","Issued To","Issued By","Expiration","Delete"];function Dn({rows:e,reload:t}){let[n,o]=w([]),[i,r]=P(),c=(p,l)=>o(n.filter(d=>d!==p).concat(l?p:[]));async function u(){if(n.length===0)return E("Mark the certificates to delete first.","bad");await r(async()=>{for(let p of n)await k("DELETE","trusted/"+p);return{says:q(n.length,"certificate")+" deleted. New connections no longer trust "+(n.length===1?"it.":"them.")}}),o([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Ln.map(p=>s`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>s`<${En} key=${p.id} row=${p} marked=${n.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Un=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Dn} rows=${e.certificates} reload=${t} />
    <${be} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt or .der file; a file with several certificates adds them all." />
  </section>
  <${It} trusted=${e} reload=${t} />
`;function Ft(){let e=D("trusted");return s`
    <${A} group="Security">Trusted Certificates<//>
    <${U} from=${e}>${t=>s`<${Un} trusted=${t} reload=${e.reload} />`}<//>
  `}var ie=[{path:"status",title:"Status",Page:Dt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Lt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Nt},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function In(e){let t=e.replace(/^#\/?/,""),n=/^diagnostics\/connections\/(\d+)$/.exec(t);return n?{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:n[1]}:ie.find(o=>o.path===t)??ie[0]}function Rt(){let[e,t]=w(location.hash);return N(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),In(e)}var Fn=[...new Set(ie.map(e=>e.group))],Rn=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${ie.filter(n=>n.group===e).map(n=>s`
        <li key=${n.path}>
          <a href=${"#/"+n.path} aria-current=${n.path===t?"page":void 0}>${n.title}</a>
        </li>
      `)}
  </ul>
`;function Ht({at:e}){let[t,n]=w(!1);return N(()=>{let o=()=>n(!1);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>n(!t)}>
        Menu
      </button>
      <div class="menu">${Fn.map(o=>s`<${Rn} key=${o} group=${o} at=${e} />`)}</div>
    </nav>
  `}var Ot=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(n=>n&&s`<p>${_(n)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Hn(){let[e,t]=w("asking");return N(()=>{mt(()=>{ne(""),t(n=>n==="in"?"ended":n)}),k("GET","session").then(n=>{ne(n.csrf),t(n.logged_in?"in":"out")}).catch(n=>E(n.message,"bad"))},[]),[e,t]}function On(){let[e,t]=w({text:""});yt(t);let[n,o]=Hn(),i=Rt(),r=R(),c=R(location.hash),u=n==="in";N(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(m){ne(m),t({text:""}),o("in")}async function l(){try{await k("DELETE","session")}catch(m){if(m.status!==401)return E(m.message,"bad")}ne(""),o("out"),E("You are logged out.")}function d(m){m.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${d}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Ht} at=${i.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${Ot} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(n==="out"||n==="ended")&&s`<${kt} ended=${n==="ended"} done=${p} />`}
    </main>
  `}et(s`<${On} />`,document.getElementById("page"));})();
