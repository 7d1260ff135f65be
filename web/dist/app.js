// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var de,$,qe,Ot,O,Me,Ve,Be,Se,ae,Z,Ge,Te,xe,Ce,Wt,ue={},pe=[],jt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,fe=Array.isArray;function M(e,t){for(var n in t)e[n]=t[n];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ne(e,t,n){var o,i,r,c={};for(r in t)r=="key"?o=t[r]:r=="ref"?i=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?de.call(arguments,2):n),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return ce(e,c,o,i,null)}function ce(e,t,n,o,i){var r={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++qe,__i:-1,__u:0};return i==null&&$.vnode!=null&&$.vnode(r),r}function G(e){return e.children}function le(e,t){this.props=e,this.context=t}function j(e,t){if(t==null)return e.__?j(e.__,e.__i+1):null;for(var n;t<e.__k.length;t++)if((n=e.__k[t])!=null&&n.__e!=null)return n.__e;return typeof e.type=="function"?j(e):null}function qt(e){if(e.__P&&e.__d){var t=e.__v,n=t.__e,o=[],i=[],r=M({},t);r.__v=t.__v+1,$.vnode&&$.vnode(r),Ee(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[n]:null,o,n??j(t),!!(32&t.__u),i),r.__v=t.__v,r.__.__k[r.__i]=r,Je(o,r,i),t.__e=t.__=null,r.__e!=n&&ze(r)}}function ze(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),ze(e)}function Oe(e){(!e.__d&&(e.__d=!0)&&O.push(e)&&!_e.__r++||Me!=$.debounceRendering)&&((Me=$.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;O.length;)O.length>t&&O.sort(Be),e=O.shift(),t=O.length,qt(e)}finally{O.length=_e.__r=0}}function Ke(e,t,n,o,i,r,c,u,p,l,_){var m,a,f,y,C,v,k=o&&o.__k||pe,h=t.length;for(p=Vt(n,t,k,p,h),m=0;m<h;m++)(f=n.__k[m])!=null&&(a=f.__i!=-1&&k[f.__i]||ue,f.__i=m,v=Ee(e,f,a,i,r,c,u,p,l,_),y=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Pe(a.ref,null,f),_.push(f.ref,f.__c||y,f)),C==null&&y!=null&&(C=y),4&f.__u?(p=Ye(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:y&&(p=y.nextSibling),f.__u&=-7);return n.__e=C,p}function Vt(e,t,n,o,i){var r,c,u,p,l,_=n.length,m=_,a=0;for(e.__k=new Array(i),r=0;r<i;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=ce(null,c,null,null,null):fe(c)?c=e.__k[r]=ce(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=ce(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,p=r+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Bt(c,n,p,m))!=-1&&(m--,(u=n[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[r]=null;if(m)for(r=0;r<_;r++)(u=n[r])!=null&&(2&u.__u)==0&&(u.__e==o&&(o=j(u)),Qe(u,u));return o}function Ye(e,t,n){var o,i;if(typeof e.type=="function"){for(o=e.__k,i=0;o&&i<o.length;i++)o[i]&&(o[i].__=e,t=Ye(o[i],t,n));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=j(e)),t=n.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Bt(e,t,n,o){var i,r,c,u=e.key,p=e.type,l=t[n],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return n;if(o>(_?1:0)){for(i=n-1,r=n+1;i>=0||r<t.length;)if((l=t[c=i>=0?i--:r++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function We(e,t,n){t[0]=="-"?e.setProperty(t,n??""):e[t]=n==null?"":typeof n!="number"||jt.test(t)?n:n+"px"}function ie(e,t,n,o,i){var r,c;e:if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.cssText=o=""),o)for(t in o)n&&t in n||We(e.style,t,"");if(n)for(t in n)o&&n[t]==o[t]||We(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(Ge,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=n,n?o?n[Z]=o[Z]:(n[Z]=Te,e.addEventListener(t,r?Ce:xe,r)):e.removeEventListener(t,r?Ce:xe,r);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=n??"";break e}catch{}typeof n=="function"||(n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n))}}function je(e){return function(t){if(this.l){var n=this.l[t.type+e];if(t[ae]==null)t[ae]=Te++;else if(t[ae]<n[Z])return;return n($.event?$.event(t):t)}}}function Ee(e,t,n,o,i,r,c,u,p,l){var _,m,a,f,y,C,v,k,h,I,X,W,J,Fe,se,ke,R=t.type;if(t.constructor!==void 0)return null;128&n.__u&&(p=!!(32&n.__u),r=[u=t.__e=n.__e]),(_=$.__b)&&_(t);e:if(typeof R=="function"){m=c.length;try{if(h=t.props,I=R.prototype&&R.prototype.render,X=(_=R.contextType)&&o[_.__c],W=_?X?X.props.value:_.__:o,n.__c?k=(a=t.__c=n.__c).__=a.__E:(I?t.__c=a=new R(h,W):(t.__c=a=new le(h,W),a.constructor=R,a.render=zt),X&&X.sub(a),a.state||(a.state={}),a.__n=o,f=a.__d=!0,a.__h=[],a._sb=[]),I&&a.__s==null&&(a.__s=a.state),I&&R.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=M({},a.__s)),M(a.__s,R.getDerivedStateFromProps(h,a.__s))),y=a.props,C=a.state,a.__v=t,f)I&&R.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),I&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(I&&R.getDerivedStateFromProps==null&&h!==y&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps(h,W),t.__v==n.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate(h,a.__s,W)===!1){t.__v!=n.__v&&(a.props=h,a.state=a.__s,a.__d=!1),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(B){B&&(B.__=t)}),pe.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=j(n);break e}a.componentWillUpdate!=null&&a.componentWillUpdate(h,a.__s,W),I&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(y,C,v)})}if(a.context=W,a.props=h,a.__P=e,a.__e=!1,J=$.__r,Fe=0,I)a.state=a.__s,a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),pe.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Fe<25);a.state=a.__s,a.getChildContext!=null&&(o=M(M({},o),a.getChildContext())),I&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(y,C)),se=_!=null&&_.type===G&&_.key==null?Ze(_.props.children):_,u=Ke(e,fe(se)?se:[se],t,n,o,i,r,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),k&&(a.__E=a.__=null)}catch(B){if(c.length=m,t.__v=null,p||r!=null){if(B.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(ke=r.length;ke--;)Ae(r[ke])}else t.__e=n.__e;t.__k==null&&(t.__k=n.__k||[]),B.then||Xe(t),$.__e(B,t,n)}}else r==null&&t.__v==n.__v?(t.__k=n.__k,t.__e=n.__e):u=t.__e=Gt(n.__e,t,n,o,i,r,c,p,l);return(_=$.diffed)&&_(t),128&t.__u?void 0:u}function Xe(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Xe))}function Je(e,t,n){for(var o=0;o<n.length;o++)Pe(n[o],n[++o],n[++o]);$.__c&&$.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(r){r.call(i)})}catch(r){$.__e(r,i.__v)}})}function Ze(e){return typeof e!="object"||e==null||e.__b>0?e:fe(e)?e.map(Ze):e.constructor!==void 0?null:M({},e)}function Gt(e,t,n,o,i,r,c,u,p){var l,_,m,a,f,y,C,v=n.props||ue,k=t.props,h=t.type;if(h=="svg"?i="http://www.w3.org/2000/svg":h=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((f=r[l])&&"setAttribute"in f==!!h&&(h?f.localName==h:f.nodeType==3)){e=f,r[l]=null;break}}if(e==null){if(h==null)return document.createTextNode(k);e=document.createElementNS(i,h,k.is&&k),u&&($.__m&&$.__m(t,r),u=!1),r=null}if(h==null)v===k||u&&e.data==k||(e.data=k);else{if(r=h=="textarea"&&k.defaultValue!=null?null:r&&de.call(e.childNodes),!u&&r!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?m=f:l=="children"||l in k||l=="value"&&"defaultValue"in k||l=="checked"&&"defaultChecked"in k||ie(e,l,null,f,i);for(l in k)f=k[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?_=f:l=="value"?y=f:l=="checked"?C=f:u&&typeof f!="function"||v[l]===f||ie(e,l,f,v[l],i);if(_)u||m&&(_.__html==m.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(m&&(e.innerHTML=""),Ke(t.type=="template"?e.content:e,fe(a)?a:[a],t,n,o,h=="foreignObject"?"http://www.w3.org/1999/xhtml":i,r,c,r?r[0]:n.__k&&j(n,0),u,p),r!=null)for(l=r.length;l--;)Ae(r[l]);u&&h!="textarea"||(l="value",h=="progress"&&y==null?e.removeAttribute("value"):y!=null&&(y!==e[l]||h=="progress"&&!y||h=="option"&&y!=v[l])&&ie(e,l,y,v[l],i),l="checked",C!=null&&C!=e[l]&&ie(e,l,C,v[l],i))}return e}function Pe(e,t,n){try{if(typeof e=="function"){var o=typeof e.__u=="function";o&&e.__u(),o&&t==null||(e.__u=e(t))}else e.current=t}catch(i){$.__e(i,n)}}function Qe(e,t,n){var o,i;if($.unmount&&$.unmount(e),(o=e.ref)&&(o.current&&o.current!=e.__e||Pe(o,null,t)),(o=e.__c)!=null){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(r){$.__e(r,t)}o.base=o.__P=o.__n=null}if(o=e.__k)for(i=0;i<o.length;i++)o[i]&&Qe(o[i],t,n||typeof e.type!="function");n||Ae(e.__e),e.__c=e.__=e.__e=void 0}function zt(e,t,n){return this.constructor(e,n)}function et(e,t,n){var o,i,r,c;t==document&&(t=document.documentElement),$.__&&$.__(e,t),i=(o=typeof n=="function")?null:n&&n.__k||t.__k,r=[],c=[],Ee(t,e=(!o&&n||t).__k=Ne(G,null,[e]),i||ue,ue,t.namespaceURI,!o&&n?[n]:i?null:t.firstChild?de.call(t.childNodes):null,r,!o&&n?n:i?i.__e:t.firstChild,o,c),Je(r,e,c),e.props.children=null}de=pe.slice,$={__e:function(e,t,n,o){for(var i,r,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((r=i.constructor)&&r.getDerivedStateFromError!=null&&(i.setState(r.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,o||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},qe=0,Ot=function(e){return e!=null&&e.constructor===void 0},le.prototype.setState=function(e,t){var n;n=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=M({},this.state),typeof e=="function"&&(e=e(M({},n),this.props)),e&&M(n,e),e!=null&&this.__v&&(t&&this._sb.push(t),Oe(this))},le.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),Oe(this))},le.prototype.render=G,O=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Be=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,Se=Math.random().toString(8),ae="__d"+Se,Z="__a"+Se,Ge=/(PointerCapture)$|Capture$/i,Te=0,xe=je(!1),Ce=je(!0),Wt=0;var Q,g,Le,tt,ee=0,lt=[],b=$,nt=b.__b,ot=b.__r,rt=b.diffed,st=b.__c,it=b.unmount,at=b.__;function De(e,t){b.__h&&b.__h(g,e,ee||t),ee=0;var n=g.__H||(g.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function w(e){return ee=1,Kt(dt,e)}function Kt(e,t,n){var o=De(Q++,2);if(o.t=e,!o.__c&&(o.__=[n?n(t):dt(void 0,t),function(u){var p=o.__N?o.__N[0]:o.__[0],l=o.t(p,u);p!==l&&(o.__N=[l,o.__[1]],o.__c.setState({}))}],o.__c=g,!g.__f)){var i=function(u,p,l){if(!o.__c.__H)return!0;var _=!1,m=o.__c.props!==u;if(o.__c.__H.__.some(function(f){if(f.__N){_=!0;var y=f.__[0];f.__=f.__N,f.__N=void 0,y!==f.__[0]&&(m=!0)}}),r){var a=r.call(this,u,p,l);return _?a||m:a}return!_||m};g.__f=!0;var r=g.shouldComponentUpdate,c=g.componentWillUpdate;g.componentWillUpdate=function(u,p,l){if(this.__e){var _=r;r=void 0,i(u,p,l),r=_}c&&c.call(this,u,p,l)},g.shouldComponentUpdate=i}return o.__N||o.__}function N(e,t){var n=De(Q++,3);!b.__s&&_t(n.__H,t)&&(n.__=e,n.u=t,g.__H.__h.push(n))}function H(e){return ee=5,ut(function(){return{current:e}},[])}function ut(e,t){var n=De(Q++,7);return _t(n.__H,t)&&(n.__=e(),n.__H=t,n.__h=e),n.__}function pt(e,t){return ee=8,ut(function(){return e},t)}function Yt(){for(var e;e=lt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(me),t.__h.some(Ue),t.__h=[]}catch(n){t.__h=[],b.__e(n,e.__v)}}}b.__b=function(e){g=null,nt&&nt(e)},b.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),at&&at(e,t)},b.__r=function(e){ot&&ot(e),Q=0;var t=(g=e.__c).__H;t&&(Le===g?(t.__h=[],g.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})):(t.__h.some(me),t.__h.some(Ue),t.__h=[],Q=0)),Le=g},b.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(lt.push(t)!==1&&tt===b.requestAnimationFrame||((tt=b.requestAnimationFrame)||Xt)(Yt)),t.__H.__.some(function(n){n.u&&(n.__H=n.u,n.u=void 0)})),Le=g=null},b.__c=function(e,t){t.some(function(n){try{n.__h.some(me),n.__h=n.__h.filter(function(o){return!o.__||Ue(o)})}catch(o){t.some(function(i){i.__h&&(i.__h=[])}),t=[],b.__e(o,n.__v)}}),st&&st(e,t)},b.unmount=function(e){it&&it(e);var t,n=e.__c;n&&n.__H&&(n.__H.__.some(function(o){try{me(o)}catch(i){t=i}}),n.__H=void 0,t&&b.__e(t,n.__v))};var ct=typeof requestAnimationFrame=="function";function Xt(e){var t,n=function(){clearTimeout(o),ct&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);ct&&(t=requestAnimationFrame(n))}function me(e){var t=g,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),g=t}function Ue(e){var t=g;e.__c=e.__(),g=t}function _t(e,t){return!e||e.length!==t.length||t.some(function(n,o){return n!==e[o]})}function dt(e,t){return typeof t=="function"?t(e):t}var Ie="",ft=()=>{},he=class extends Error{constructor(t,n,o){super(n),this.code=t,this.status=o}},mt=e=>ft=e,te=e=>Ie=e??"";function Jt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Zt(e){let{code:t="",says:n}=await e.json().catch(()=>({}));return new he(t,Jt(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function S(e,t,{json:n,body:o,headers:i={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(r.headers["X-CSRF-Token"]=Ie),n!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=n===void 0?o:JSON.stringify(n);let c;try{c=await fetch("/api/"+t,r)}catch{throw new he("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Zt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function ht(e,t){let n=t.flatMap((o,i)=>i===0?[o]:[`
`,o]);return S("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(o=>o.name).join(" + "))}})}var $t=()=>{},yt=e=>$t=e,E=(e,t="good")=>$t({text:e,tone:t});function U(e){let[t,n]=w({}),o=pt(async()=>{try{let i=await S("GET",e);n({path:e,data:i})}catch(i){n({path:e,problem:i})}},[e]);return N(()=>{o()},[o]),t.path===e?{...t,reload:o}:{reload:o}}function P(){let[e,t]=w(!1);async function n(o){E(""),t(!0);try{let i=await o();return i?.says&&E(i.says,i.tone),!0}catch(i){return E(i.message,"bad"),!1}finally{t(!1)}}return[e,n]}var gt=function(e,t,n,o){var i;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,n[t[r++]]):t[++r];c===3?o[0]=u:c===4?o[1]=Object.assign(o[1]||{},u):c===5?(o[1]=o[1]||{})[t[++r]]=u:c===6?o[1][t[++r]]+=u+"":c?(i=e.apply(u,gt(e,u,n,["",null])),o.push(i),u[0]?t[0]|=2:(t[r-2]=0,t[r]=i)):o.push(u)}return o},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(n){for(var o,i,r=1,c="",u="",p=[0],l=function(a){r===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):r===3&&(a||c)?(p.push(3,a,c),r=2):r===2&&c==="..."&&a?p.push(4,a,0):r===2&&c&&!a?p.push(5,0,!0,c):r>=5&&((c||!a&&r===5)&&(p.push(r,0,c,i),r=6),a&&(p.push(r,a,0,i),r=6)),c=""},_=0;_<n.length;_++){_&&(r===1&&l(),l(_));for(var m=0;m<n[_].length;m++)o=n[_][m],r===1?o==="<"?(l(),p=[p],r=3):c+=o:r===4?c==="--"&&o===">"?(r=1,c=""):c=o+c[0]:u?o===u?u="":c+=o:o==='"'||o==="'"?u=o:o===">"?(l(),r=1):r&&(o==="="?(r=5,i=c,c=""):o==="/"&&(r<5||n[_][m+1]===">")?(l(),r===3&&(p=p[0]),r=p,(p=p[0]).push(2,0,r),r=0):o===" "||o==="	"||o===`
`||o==="\r"?(l(),r=2):c+=o),r===3&&c==="!--"&&(r=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var s=bt.bind(Ne);var Qt=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,en=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(Qt,n=>t&&n===`
`?n:en(n))}function T(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>T(e).split(" ")[0],q=(e,t)=>e+" "+t+(e===1?"":"s");function z(e){return e<0?"expired":e===0?"less than a day left":q(e,"day")+" left"}var K=e=>d(e).replaceAll(":","").toUpperCase(),tn={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function $e(e,t){return t==="server"&&e==="not-established"?{word:"No certificate",tone:"plain"}:tn[e]??{word:d(e),tone:"warn"}}var ye={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var L=({text:e})=>s`<bdi>${d(e)}</bdi>`,A=({group:e,children:t})=>s`
  <h1 tabindex="-1">${e&&s`<span class="group">${e} > </span>`}${t}</h1>
`,x=({tone:e,title:t,children:n})=>s`
  <div class=${"notice "+e}>
    ${t&&s`<p class="notice-title">${t}</p>`}
    ${n}
  </div>
`,Y=({decision:e,role:t})=>{let{word:n,tone:o}=$e(e,t);return s`<span class=${"decision "+o}>${n}</span>`};function D({from:e,children:t}){return e.problem?s`<${x} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):s`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var F=({rows:e})=>s`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,n])=>s`<div key=${t}><dt>${t}</dt><dd>${n}</dd></div>`)}
  </dl>
`;function ve({path:e,label:t,hint:n,several:o,done:i}){let r=H(),[c,u]=P();async function p(l){l.preventDefault();let _=[...r.current.files];if(_.length===0){E("Choose a file first.","bad"),r.current.focus();return}await u(()=>ht(e,_))&&(r.current.value="",i())}return s`
    <form class="upload" onSubmit=${p}>
      <label>${t}<input type="file" ref=${r} multiple=${o} /></label>
      <button disabled=${c}>${c?"Uploading…":"Upload"}</button>
      <p class="hint">${n}</p>
    </form>
  `}function ge({label:e,question:t,yes:n,busy:o,act:i}){let[r,c]=w(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${n}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${o} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Re=({label:e,name:t,autocomplete:n,field:o,hint:i})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${n} ref=${o} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&s`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function nn({chosen:e,again:t}){let n=[...e.value].length;return n<He?`The new password has ${n} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[n,o]=w(!1),[i,r]=P(),c=H(),u=H();N(()=>(n?u:c).current.focus(),[n]);async function p(l){l.preventDefault();let _=l.target,m=n?nn(_):"";if(m){E(m,"bad"),u.current.focus();return}let a={password:_.password.value};n&&(a.new_password=_.chosen.value),await r(async()=>{try{t((await S("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!n)return o(!0);throw c.current.select(),f}})}return s`
    <${A}>Log In<//>
    ${e&&s`<${x} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Re} name="password" field=${c} autocomplete="current-password"
        label=${n?"One-time password":"Password"}
        hint=${n?"":"At the first log-in: the one-time password that the phone printed when it started."} />
      ${n&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Re} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Re} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${n?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(d).join(", "),on=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,rn=({shown:e})=>s`
  ${d(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,ne=({certificate:e})=>s`
  <${F} rows=${[["Issued To",s`<${L} text=${e.subject.text} />`],["Issued By",s`<${L} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${K(e.serial_number)}</code>`],["Valid From",T(e.not_before)],["Valid Until",T(e.not_after)+" ("+z(e.days_left)+")"],["Names",St(e.names.map(on))||"none"],["Public Key",s`<${rn} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${d(e.sha256)}</code>`]]} />
`,be=({subject:e})=>d(e.common_name||e.organization||e.text);var sn=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,an=({finding:e,said:t})=>{let{fix:n}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${d(e.says)}</p>`}
      ${n?.say&&s`<p><strong>Next step:</strong> ${d(n.say)}</p>`}
      ${n?.pem&&s`<${sn} fix=${n} />`}
      ${n?.desk_phones?.length>0&&s`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${n.desk_phones.map(d).join(`
`)}</pre>`}
      <details>
        <summary>Details</summary>
        <p><code>${d(e.code)}</code></p>
        ${e.details&&s`<p class="quiet">${d(e.details)}</p>`}
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
      ${e.number&&s`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">encrypted</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${ln} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${cn(e.at_us)}</span>
    </p>
  </li>
`,pn=({step:e})=>s`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,_n=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((n,o)=>s`
        <${G} key=${o}>
          ${o===t&&s`<${pn} step=${n} />`}
          <${un} step=${n} />
        <//>
      `)}
  </ol>
`,dn=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:n})=>s`
  <${F} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+dn(e)]]} />
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(n):"This phone"}</span>
          <span>${t==="server"?"This phone":d(n)}</span>
        </div>
        <${_n} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var fn=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((n,o)=>s`
        <details key=${o} open=${o===0}>
          <summary>${be(n)}</summary>
          <${ne} certificate=${n} />
        </details>
      `)}
  </section>
`,mn=({shown:e})=>s`
  <${x} tone=${$e(e.verdict.decision,e.role).tone}>
    <p class="notice-title">
      <${Y} decision=${e.verdict.decision} role=${e.role} /> <${L} text=${e.server} />
    </p>
    <p>${d(e.verdict.headline)}</p>
    <p class="quiet">${T(e.at)}, ${d(e.service)}; the phone was the ${d(e.role)}.</p>
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
`;function Ct({argument:e}){let t=U("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${D} from=${t}>${n=>s`<${mn} shown=${n} />`}<//>
  `}var hn=["Server","Service","Verdict","When"],$n=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${L} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${Y} decision=${e.decision} role=${e.role} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${T(e.at)}</td>
  </tr>
`,yn=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${hn.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${$n} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=U("connections");return s`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${D} from=${e}>${({connections:t})=>s`<${yn} rows=${t} />`}<//>
    </section>
  `}var At=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(n=>s`<li>${d(n)}</li>`)}</ul>`,vn=({file:e,summary:t})=>s`
  <li>
    <p><strong><${L} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${d(e.says)}</p>`}
    <${At} title="Mistakes" lines=${e.mistakes} />
    <${At} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${q(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,gn=({connection:e})=>s`
  <li>
    <p><${Y} decision=${e.verdict.decision} /> <strong><${L} text=${e.server} /></strong></p>
    <p>${d(e.verdict.headline)}</p>
    <${we} verdict=${e.verdict} />
  </li>
`,Nt=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${x} tone=${e.applied?"good":"bad"} title=${d(e.summary)} />
    ${e.warnings.map(t=>s`<${x} tone="warn"><p>${d(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${vn} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,n)=>s`<${gn} key=${n} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var V="static.auto_provision.server.",bn=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function wn({settings:e,reload:t}){let[n,o]=P(),i=H(),r=e[V+"password"]?.set;async function c(p){await o(()=>S("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:m}=i.current,a={url:e[V+"url"]?.value,username:e[V+"username"]?.value,password:""},f={url:l.value.trim(),username:_.value,password:m.value},y=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(y.length===0)return o(()=>({says:"Nothing was changed here, so all stays as it is."}));let C=Object.fromEntries(y.map(v=>[V+v,f[v]]));return c(C)}return s`
    <form class="card" ref=${i} onSubmit=${u} autocomplete="off">
      <h2>Provisioning server</h2>
      <label>Server URL
        <input name="url" type="text" inputmode="url" autocomplete="off" spellcheck=${!1} placeholder="https://prov.example.com/phones/"
          value=${e[V+"url"]?.value} />
      </label>
      <label>User Name
        <input name="user" type="text" autocomplete="off" spellcheck=${!1} value=${e[V+"username"]?.value} />
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
        ${r&&s`<${ge} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${n} act=${()=>c({[V+"password"]:null})} />`}
      </div>
    </form>
  `}function kn(){let[e,t]=w(),[n,o]=P();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${n} onClick=${()=>o(async()=>{t(void 0);let r=await S("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${n?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${Nt} report=${e} />`}
  `}function Et(){let e=U("settings");return s`
    <${A} group="Settings">Auto Provision<//>
    <${D} from=${e}>
      ${t=>s`<${wn} settings=${bn(t)} reload=${e.reload} />`}
    <//>
    <${kn} />
  `}var Pt=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${d(t.says)}`:""}</span>
  </li>
`;function Sn({shown:e,reload:t}){let[n,o]=P();async function i(){await o(()=>S("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${x} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${ne} certificate=${e.certificate} />
      <ul class="uses">
        <${Pt} title="As server certificate" use=${e.usable_as_server} />
        <${Pt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${be(r)}</summary><${ne} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${ge} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${n} act=${i} />`}
    </section>
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${ve} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One .pem file that holds both, with the chain if there is one; or mark the certificate's file and the key's file together." />
    </section>
  `}function Lt(){let e=U("server-certificate");return s`
    <${A} group="Security">Server Certificates<//>
    <${D} from=${e}>${t=>s`<${Sn} shown=${t} reload=${e.reload} />`}<//>
  `}var oe=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,xn=({status:e})=>s`
  ${!e.only_accept_trusted&&s`<${x} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${oe("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&s`<${x} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${oe("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&s`<${x} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${oe("security/server","Security > Server Certificates")}.</p>
  <//>`}
`,Cn=({status:e})=>s`
  <${xn} status=${e} />
  <section class="card">
    <h2>Phone</h2>
    <${F} rows=${[["Version",d(e.version)],["MAC",s`<code>${d(e.mac)}</code>`],["Page",e.page_urls.map(t=>s`<div>${d(t)}</div>`)]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${F} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":s`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ye[e.list]],["Uploaded",oe("security/trusted",q(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":s`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${F} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":d(e.page_certificate.subject.text)],["Serial Number",s`<code>${K(e.page_certificate.serial_number)}</code>`],["Valid Until",T(e.page_certificate.not_after)+" ("+z(e.page_certificate.days_left)+")"],["SHA-256",s`<code>${d(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${d(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&s`<p class="quiet">${T(e.provisioning.at)}</p>`}
    <p>${oe("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Ut(){let e=U("status");return s`
    <${A}>Status<//>
    <${D} from=${e}>${t=>s`<${Cn} status=${t} />`}<//>
  `}var Tn={default:"0",custom:"1",all:"2"},An={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Dt=({label:e,hint:t,on:n,change:o})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${n} onChange=${i=>o(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function It({trusted:e,reload:t}){let{only_accept_trusted:n,list:o,check_name:i}=e,[r,c]=w(e),[u,p]=P(),l=m=>c({...r,...m});N(()=>c(e),[n,o,i]);async function _(m){m.preventDefault();let a={"static.security.trust_certificates":r.only_accept_trusted?"1":"0","static.security.ca_cert":Tn[r.list],"static.security.cn_validation":r.check_name?"1":"0"};await p(()=>S("PUT","settings",{json:a}))&&t()}return s`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Dt} label="Only Accept Trusted Certificates" on=${r.only_accept_trusted}
        change=${m=>l({only_accept_trusted:m})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ye).map(([m,a])=>s`
            <label class="choice" key=${m}>
              <input type="radio" name="list" value=${m} checked=${r.list===m} onChange=${()=>l({list:m})} />
              <span>${a}</span><span class="hint">${An[m]}</span>
            </label>
          `)}
      </fieldset>
      <${Dt} label="Common Name Validation" on=${r.check_name} change=${m=>l({check_name:m})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var Nn=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${F} rows=${[["Serial Number",s`<code>${K(e.serial)}</code>`],["SHA-256",s`<code>${d(e.sha256)}</code>`],["Valid Until",T(e.expires)],["Added",T(e.added)+", "+d(e.origin)]]} />
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
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${o=>n(e.id,o.target.checked)} />
    </td>
  </tr>
`,Pn=["Index","Issued To","Issued By","Expiration","Delete"];function Ln({rows:e,reload:t}){let[n,o]=w([]),[i,r]=P(),c=(p,l)=>o(n.filter(_=>_!==p).concat(l?p:[]));async function u(){if(n.length===0)return E("Mark the certificates to delete first.","bad");await r(async()=>{for(let p of n)await S("DELETE","trusted/"+p);return{says:q(n.length,"certificate")+" deleted. New connections no longer trust "+(n.length===1?"it.":"them.")}}),o([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Pn.map(p=>s`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>s`<${En} key=${p.id} row=${p} marked=${n.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Un=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${x} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Ln} rows=${e.certificates} reload=${t} />
    <${ve} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt or .der file; a file with several certificates adds them all." />
  </section>
  <${It} trusted=${e} reload=${t} />
`;function Rt(){let e=U("trusted");return s`
    <${A} group="Security">Trusted Certificates<//>
    <${D} from=${e}>${t=>s`<${Un} trusted=${t} reload=${e.reload} />`}<//>
  `}var re=[{path:"status",title:"Status",Page:Ut},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Rt},{path:"security/server",group:"Security",title:"Server Certificates",Page:Lt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Et},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function Dn(e){let t=e.replace(/^#\/?/,""),n=/^diagnostics\/connections\/(\d+)$/.exec(t);return n?{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:n[1]}:re.find(o=>o.path===t)??re[0]}function Ht(){let[e,t]=w(location.hash);return N(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),Dn(e)}var In=[...new Set(re.map(e=>e.group))],Rn=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${re.filter(n=>n.group===e).map(n=>s`
        <li key=${n.path}>
          <a href=${"#/"+n.path} aria-current=${n.path===t?"page":void 0}>${n.title}</a>
        </li>
      `)}
  </ul>
`;function Ft({at:e}){let[t,n]=w(!1);return N(()=>{let o=()=>n(!1);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>n(!t)}>
        Menu
      </button>
      <div class="menu">${In.map(o=>s`<${Rn} key=${o} group=${o} at=${e} />`)}</div>
    </nav>
  `}var Mt=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(n=>n&&s`<p>${d(n)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Hn(){let[e,t]=w("asking");return N(()=>{mt(()=>{te(""),t(n=>n==="in"?"ended":n)}),S("GET","session").then(n=>{te(n.csrf),t(n.logged_in?"in":"out")}).catch(n=>E(n.message,"bad"))},[]),[e,t]}function Fn(){let[e,t]=w({text:""});yt(t);let[n,o]=Hn(),i=Ht(),r=H(),c=H(location.hash),u=n==="in";N(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(m){te(m),t({text:""}),o("in")}async function l(){try{await S("DELETE","session")}catch(m){if(m.status!==401)return E(m.message,"bad")}te(""),o("out"),E("You are logged out.")}function _(m){m.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Ft} at=${i.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${Mt} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(n==="out"||n==="ended")&&s`<${kt} ended=${n==="ended"} done=${p} />`}
    </main>
  `}et(s`<${Fn} />`,document.getElementById("page"));})();
