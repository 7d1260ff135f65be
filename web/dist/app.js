// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var he,g,Be,Gt,M,He,Ve,Ge,xe,le,te,Ke,Ee,Ce,Te,Kt,de={},fe=[],Yt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,me=Array.isArray;function O(e,t){for(var o in t)e[o]=t[o];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Pe(e,t,o){var n,i,r,c={};for(r in t)r=="key"?n=t[r]:r=="ref"?i=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?he.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return ue(e,c,n,i,null)}function ue(e,t,o,n,i){var r={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Be,__i:-1,__u:0};return i==null&&g.vnode!=null&&g.vnode(r),r}function z(e){return e.children}function pe(e,t){this.props=e,this.context=t}function V(e,t){if(t==null)return e.__?V(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?V(e):null}function zt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],i=[],r=O({},t);r.__v=t.__v+1,g.vnode&&g.vnode(r),Ne(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??V(t),!!(32&t.__u),i),r.__v=t.__v,r.__.__k[r.__i]=r,Ze(n,r,i),t.__e=t.__=null,r.__e!=o&&Ye(r)}}function Ye(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ye(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||He!=g.debounceRendering)&&((He=g.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,zt(e)}finally{M.length=_e.__r=0}}function ze(e,t,o,n,i,r,c,u,d,l,f){var _,a,h,v,L,m,$=n&&n.__k||fe,y=t.length;for(d=Xt(o,t,$,d,y),_=0;_<y;_++)(h=o.__k[_])!=null&&(a=h.__i!=-1&&$[h.__i]||de,h.__i=_,m=Ne(e,h,a,i,r,c,u,d,l,f),v=h.__e,h.ref&&a.ref!=h.ref&&(a.ref&&Le(a.ref,null,h),f.push(h.ref,h.__c||v,h)),L==null&&v!=null&&(L=v),4&h.__u?(d=Xe(h,d,e),a.__e&&(a.__e=null)):typeof h.type=="function"&&m!==void 0?d=m:v&&(d=v.nextSibling),h.__u&=-7);return o.__e=L,d}function Xt(e,t,o,n,i){var r,c,u,d,l,f=o.length,_=f,a=0;for(e.__k=new Array(i),r=0;r<i;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=ue(null,c,null,null,null):me(c)?c=e.__k[r]=ue(z,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=ue(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,d=r+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Jt(c,o,d,_))!=-1&&(_--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>f?a--:i<f&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=d&&(l==d-1?a--:l==d+1?a++:(l>d?a--:a++,c.__u|=4))):e.__k[r]=null;if(_)for(r=0;r<f;r++)(u=o[r])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=V(u)),et(u,u));return n}function Xe(e,t,o){var n,i;if(typeof e.type=="function"){for(n=e.__k,i=0;n&&i<n.length;i++)n[i]&&(n[i].__=e,t=Xe(n[i],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=V(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Jt(e,t,o,n){var i,r,c,u=e.key,d=e.type,l=t[o],f=l!=null&&(2&l.__u)==0;if(l===null&&u==null||f&&u==l.key&&d==l.type)return o;if(n>(f?1:0)){for(i=o-1,r=o+1;i>=0||r<t.length;)if((l=t[c=i>=0?i--:r++])!=null&&(2&l.__u)==0&&u==l.key&&d==l.type)return c}return-1}function Me(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||Yt.test(t)?o:o+"px"}function ce(e,t,o,n,i){var r,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||Me(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||Me(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(Ke,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=o,o?n?o[te]=n[te]:(o[te]=Ee,e.addEventListener(t,r?Te:Ce,r)):e.removeEventListener(t,r?Te:Ce,r);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function qe(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[le]==null)t[le]=Ee++;else if(t[le]<o[te])return;return o(g.event?g.event(t):t)}}}function Ne(e,t,o,n,i,r,c,u,d,l){var f,_,a,h,v,L,m,$,y,j,Q,B,ee,Oe,ae,Se,F=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(d=!!(32&o.__u),r=[u=t.__e=o.__e]),(f=g.__b)&&f(t);e:if(typeof F=="function"){_=c.length;try{if(y=t.props,j=F.prototype&&F.prototype.render,Q=(f=F.contextType)&&n[f.__c],B=f?Q?Q.props.value:f.__:n,o.__c?$=(a=t.__c=o.__c).__=a.__E:(j?t.__c=a=new F(y,B):(t.__c=a=new pe(y,B),a.constructor=F,a.render=Qt),Q&&Q.sub(a),a.state||(a.state={}),a.__n=n,h=a.__d=!0,a.__h=[],a._sb=[]),j&&a.__s==null&&(a.__s=a.state),j&&F.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=O({},a.__s)),O(a.__s,F.getDerivedStateFromProps(y,a.__s))),v=a.props,L=a.state,a.__v=t,h)j&&F.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),j&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(j&&F.getDerivedStateFromProps==null&&y!==v&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps(y,B),t.__v==o.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate(y,a.__s,B)===!1){t.__v!=o.__v&&(a.props=y,a.state=a.__s,a.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(Y){Y&&(Y.__=t)}),fe.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=V(o);break e}a.componentWillUpdate!=null&&a.componentWillUpdate(y,a.__s,B),j&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(v,L,m)})}if(a.context=B,a.props=y,a.__P=e,a.__e=!1,ee=g.__r,Oe=0,j)a.state=a.__s,a.__d=!1,ee&&ee(t),f=a.render(a.props,a.state,a.context),fe.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,ee&&ee(t),f=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Oe<25);a.state=a.__s,a.getChildContext!=null&&(n=O(O({},n),a.getChildContext())),j&&!h&&a.getSnapshotBeforeUpdate!=null&&(m=a.getSnapshotBeforeUpdate(v,L)),ae=f!=null&&f.type===z&&f.key==null?Qe(f.props.children):f,u=ze(e,me(ae)?ae:[ae],t,o,n,i,r,c,u,d,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),$&&(a.__E=a.__=null)}catch(Y){if(c.length=_,t.__v=null,d||r!=null){if(Y.then){for(t.__u|=d?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(Se=r.length;Se--;)Ae(r[Se])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),Y.then||Je(t),g.__e(Y,t,o)}}else r==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=Zt(o.__e,t,o,n,i,r,c,d,l);return(f=g.diffed)&&f(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);g.__c&&g.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(r){r.call(i)})}catch(r){g.__e(r,i.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:me(e)?e.map(Qe):e.constructor!==void 0?null:O({},e)}function Zt(e,t,o,n,i,r,c,u,d){var l,f,_,a,h,v,L,m=o.props||de,$=t.props,y=t.type;if(y=="svg"?i="http://www.w3.org/2000/svg":y=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((h=r[l])&&"setAttribute"in h==!!y&&(y?h.localName==y:h.nodeType==3)){e=h,r[l]=null;break}}if(e==null){if(y==null)return document.createTextNode($);e=document.createElementNS(i,y,$.is&&$),u&&(g.__m&&g.__m(t,r),u=!1),r=null}if(y==null)m===$||u&&e.data==$||(e.data=$);else{if(r=y=="textarea"&&$.defaultValue!=null?null:r&&he.call(e.childNodes),!u&&r!=null)for(m={},l=0;l<e.attributes.length;l++)m[(h=e.attributes[l]).name]=h.value;for(l in m)h=m[l],l=="dangerouslySetInnerHTML"?_=h:l=="children"||l in $||l=="value"&&"defaultValue"in $||l=="checked"&&"defaultChecked"in $||ce(e,l,null,h,i);for(l in $)h=$[l],l=="children"?a=h:l=="dangerouslySetInnerHTML"?f=h:l=="value"?v=h:l=="checked"?L=h:u&&typeof h!="function"||m[l]===h||ce(e,l,h,m[l],i);if(f)u||_&&(f.__html==_.__html||f.__html==e.innerHTML)||(e.innerHTML=f.__html),t.__k=[];else if(_&&(e.innerHTML=""),ze(t.type=="template"?e.content:e,me(a)?a:[a],t,o,n,y=="foreignObject"?"http://www.w3.org/1999/xhtml":i,r,c,r?r[0]:o.__k&&V(o,0),u,d),r!=null)for(l=r.length;l--;)Ae(r[l]);u&&y!="textarea"||(l="value",y=="progress"&&v==null?e.removeAttribute("value"):v!=null&&(v!==e[l]||y=="progress"&&!v||y=="option"&&v!=m[l])&&ce(e,l,v,m[l],i),l="checked",L!=null&&L!=e[l]&&ce(e,l,L,m[l],i))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(i){g.__e(i,o)}}function et(e,t,o){var n,i;if(g.unmount&&g.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(r){g.__e(r,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(i=0;i<n.length;i++)n[i]&&et(n[i],t,o||typeof e.type!="function");o||Ae(e.__e),e.__c=e.__=e.__e=void 0}function Qt(e,t,o){return this.constructor(e,o)}function tt(e,t,o){var n,i,r,c;t==document&&(t=document.documentElement),g.__&&g.__(e,t),i=(n=typeof o=="function")?null:o&&o.__k||t.__k,r=[],c=[],Ne(t,e=(!n&&o||t).__k=Pe(z,null,[e]),i||de,de,t.namespaceURI,!n&&o?[o]:i?null:t.firstChild?he.call(t.childNodes):null,r,!n&&o?o:i?i.__e:t.firstChild,n,c),Ze(r,e,c),e.props.children=null}he=fe.slice,g={__e:function(e,t,o,n){for(var i,r,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((r=i.constructor)&&r.getDerivedStateFromError!=null&&(i.setState(r.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,n||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Be=0,Gt=function(e){return e!=null&&e.constructor===void 0},pe.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},o),this.props)),e&&O(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},pe.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},pe.prototype.render=z,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),le="__d"+xe,te="__a"+xe,Ke=/(PointerCapture)$|Capture$/i,Ee=0,Ce=qe(!1),Te=qe(!0),Kt=0;var oe,S,Re,ot,ne=0,ut=[],C=g,nt=C.__b,st=C.__r,rt=C.diffed,it=C.__c,at=C.unmount,ct=C.__;function Ue(e,t){C.__h&&C.__h(S,e,ne||t),ne=0;var o=S.__H||(S.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function w(e){return ne=1,eo(ft,e)}function eo(e,t,o){var n=Ue(oe++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):ft(void 0,t),function(u){var d=n.__N?n.__N[0]:n.__[0],l=n.t(d,u);d!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=S,!S.__f)){var i=function(u,d,l){if(!n.__c.__H)return!0;var f=!1,_=n.__c.props!==u;if(n.__c.__H.__.some(function(h){if(h.__N){f=!0;var v=h.__[0];h.__=h.__N,h.__N=void 0,v!==h.__[0]&&(_=!0)}}),r){var a=r.call(this,u,d,l);return f?a||_:a}return!f||_};S.__f=!0;var r=S.shouldComponentUpdate,c=S.componentWillUpdate;S.componentWillUpdate=function(u,d,l){if(this.__e){var f=r;r=void 0,i(u,d,l),r=f}c&&c.call(this,u,d,l)},S.shouldComponentUpdate=i}return n.__N||n.__}function D(e,t){var o=Ue(oe++,3);!C.__s&&dt(o.__H,t)&&(o.__=e,o.u=t,S.__H.__h.push(o))}function U(e){return ne=5,pt(function(){return{current:e}},[])}function pt(e,t){var o=Ue(oe++,7);return dt(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function ye(e,t){return ne=8,pt(function(){return e},t)}function to(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some($e),t.__h.some(De),t.__h=[]}catch(o){t.__h=[],C.__e(o,e.__v)}}}C.__b=function(e){S=null,nt&&nt(e)},C.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},C.__r=function(e){st&&st(e),oe=0;var t=(S=e.__c).__H;t&&(Re===S?(t.__h=[],S.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some($e),t.__h.some(De),t.__h=[],oe=0)),Re=S},C.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&ot===C.requestAnimationFrame||((ot=C.requestAnimationFrame)||oo)(to)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),Re=S=null},C.__c=function(e,t){t.some(function(o){try{o.__h.some($e),o.__h=o.__h.filter(function(n){return!n.__||De(n)})}catch(n){t.some(function(i){i.__h&&(i.__h=[])}),t=[],C.__e(n,o.__v)}}),it&&it(e,t)},C.unmount=function(e){at&&at(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{$e(n)}catch(i){t=i}}),o.__H=void 0,t&&C.__e(t,o.__v))};var lt=typeof requestAnimationFrame=="function";function oo(e){var t,o=function(){clearTimeout(n),lt&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);lt&&(t=requestAnimationFrame(o))}function $e(e){var t=S,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),S=t}function De(e){var t=S;e.__c=e.__(),S=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function ft(e,t){return typeof t=="function"?t(e):t}var Ie="",_t=()=>{},ve=class extends Error{constructor(t,o,n,i={}){super(o),this.code=t,this.status=n,this.answer=i}},ht=e=>_t=e,se=e=>Ie=e??"";function no(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function so(e){let t=await e.json().catch(()=>({})),{code:o="",says:n}=t;return new ve(o,no(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status,t)}async function b(e,t,{json:o,body:n,headers:i={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(r.headers["X-CSRF-Token"]=Ie),o!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,r)}catch{throw new ve("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await so(c);throw c.status===401&&t!=="session"&&_t(),u}return c.status===204?{}:c.json()}function mt(e,t,o){let n=t.flatMap((i,r)=>r===0?[i]:[`
`,i]);return b("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(i=>i.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var $t=()=>{},yt=e=>$t=e,R=(e,t="good")=>$t({text:e,tone:t});function P(e){let[t,o]=w({}),n=ye(async()=>{try{let i=await b("GET",e);o({path:e,data:i})}catch(i){o({path:e,problem:i})}},[e]);return D(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function x(){let[e,t]=w(!1);async function o(n){R(""),t(!0);try{let i=await n();return i?.says&&R(i.says,i.tone),!0}catch(i){return R(i.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var i;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,o[t[r++]]):t[++r];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++r]]=u:c===6?n[1][t[++r]]+=u+"":c?(i=e.apply(u,gt(e,u,o,["",null])),n.push(i),u[0]?t[0]|=2:(t[r-2]=0,t[r]=i)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,i,r=1,c="",u="",d=[0],l=function(a){r===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?d.push(0,a,c):r===3&&(a||c)?(d.push(3,a,c),r=2):r===2&&c==="..."&&a?d.push(4,a,0):r===2&&c&&!a?d.push(5,0,!0,c):r>=5&&((c||!a&&r===5)&&(d.push(r,0,c,i),r=6),a&&(d.push(r,a,0,i),r=6)),c=""},f=0;f<o.length;f++){f&&(r===1&&l(),l(f));for(var _=0;_<o[f].length;_++)n=o[f][_],r===1?n==="<"?(l(),d=[d],r=3):c+=n:r===4?c==="--"&&n===">"?(r=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),r=1):r&&(n==="="?(r=5,i=c,c=""):n==="/"&&(r<5||o[f][_+1]===">")?(l(),r===3&&(d=d[0]),r=d,(d=d[0]).push(2,0,r),r=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),r=2):c+=n),r===3&&c==="!--"&&(r=4,d=d[0])}return l(),d})(e)),t),arguments,[])).length>1?t:t[0]}var s=bt.bind(Pe);var ro=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,io=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function p(e,t=!1){return String(e??"").replace(ro,o=>t&&o===`
`?o:io(o))}function k(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:p(e)}var kt=e=>k(e).split(" ")[0],G=(e,t)=>e+" "+t+(e===1?"":"s");function ge(e){return e<0?"expired":e===0?"less than a day left":G(e,"day")+" left"}var X=e=>p(e).replaceAll(":","").toUpperCase(),ao={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function be(e){return e===null?{word:"Not judged",tone:"plain"}:ao[e]??{word:p(e),tone:"warn"}}var ke={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var co={added:"good","already there":"plain",repeated:"plain","not added":"warn",refused:"bad"},lo={refuses:"bad",warns:"warn",note:"plain"},uo=({row:e})=>s`
  <li>
    <span class=${"decision "+(co[e.outcome]??"plain")}>${p(e.outcome)}</span>
    ${" "}<span>${p(e.says)}</span>
  </li>
`,po=({remark:e})=>s`
  <li>
    <span class=${"decision "+(lo[e.weight]??"plain")}>${p(e.code)}</span>
    ${" "}<span>${p(e.says)} ${p(e.next)}</span>
  </li>
`;function wt({answer:e}){let t=e?.certificates??[],o=e?.remarks??[];return t.length<2&&o.length===0?null:s`
    <section class="examined" aria-label="What was found in the file">
      ${t.length>1&&s`<h3>Each certificate</h3><ul class="entries">${t.map((n,i)=>s`<${uo} key=${i} row=${n} />`)}</ul>`}
      ${o.length>0&&s`<h3>What was found in the file</h3><ul class="entries">${o.map((n,i)=>s`<${po} key=${i} remark=${n} />`)}</ul>`}
    </section>
  `}var T=({text:e})=>s`<bdi>${p(e)}</bdi>`,E=({group:e,children:t})=>s`
  <h1 tabindex="-1">${e&&s`<span class="group">${e} > </span>`}${t}</h1>
`,A=({tone:e,title:t,children:o})=>s`
  <div class=${"notice "+e}>
    ${t&&s`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,J=({decision:e})=>{let{word:t,tone:o}=be(e);return s`<span class=${"decision "+o}>${t}</span>`};function N({from:e,children:t}){return e.problem?s`<${A} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):s`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var I=({rows:e})=>s`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>s`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function Z({path:e,label:t,hint:o,several:n,done:i}){let r=U(),c=U(),[u,d]=w(!1),[l,f]=w(null),[_,a]=x(),h=ye(m=>{c.current=m,m?.focus()},[]);async function v(m){f(null);try{let $=await mt(e,m,c.current?.value);return f($),$}catch($){throw f($.answer),$.code?.startsWith("passphrase-")&&d(!0),$}}async function L(m){m.preventDefault();let $=[...r.current.files];if($.length===0){R("Choose a file first.","bad"),r.current.focus();return}if(!await a(()=>v($))){c.current?.select();return}r.current.value="",d(!1),i()}return s`
    <form class="upload" onSubmit=${L}>
      <label>${t}<input type="file" ref=${r} multiple=${n} onChange=${()=>d(!1)} /></label>
      ${u&&s`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${_}>${_?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
    <${wt} answer=${l} />
  `}function H({label:e,question:t,yes:o,busy:n,act:i}){let[r,c]=w(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var Fe=10,je=({label:e,name:t,autocomplete:o,field:n,hint:i})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&s`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function fo({chosen:e,again:t}){let o=[...e.value].length;return o<Fe?`The new password has ${o} characters; it needs at least ${Fe}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function St({ended:e,done:t}){let[o,n]=w(!1),[i,r]=x(),c=U(),u=U();D(()=>(o?u:c).current.focus(),[o]);async function d(l){l.preventDefault();let f=l.target,_=o?fo(f):"";if(_){R(_,"bad"),u.current.focus();return}let a={password:f.password.value};o&&(a.new_password=f.chosen.value),await r(async()=>{try{t((await b("POST","session",{json:a})).csrf)}catch(h){if(h.code==="choose-password"&&!o)return n(!0);throw c.current.select(),h}})}return s`
    <${E}>Log In<//>
    ${e&&s`<${A} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${d}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${je} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${je} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+Fe+" characters."} />
        <${je} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var xt=e=>e.map(p).join(", "),_o=({kind:e,value:t,shown:o})=>e==="dns"||e==="ip"?o??t:e+" "+t,ho=({shown:e})=>s`
  ${p(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${p(e.pem,!0)}</pre></details>`}
`,W=({certificate:e})=>s`
  <${I} rows=${[["Issued To",s`<${T} text=${e.subject.text} />`],["Issued By",s`<${T} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${X(e.serial_number)}</code>`],["Valid From",k(e.not_before)],["Valid Until",k(e.not_after)+" ("+ge(e.days_left)+")"],["Names",xt(e.names.map(_o))||"none"],["Public Key",s`<${ho} shown=${e.public_key} />`],["Signature",p(e.signature_algorithm)],["Usages",xt([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${p(e.sha256)}</code>`]]} />
`,q=({subject:e})=>p(e.common_name||e.organization||e.text);var mo=["sent","trusted","missing"],$o={server:"the server's own",client:"the client's own"},yo=({kind:e,role:t,note:o})=>[e==="missing"?"missing":$o[t]??p(t),e==="trusted"&&"trusted",p(o)].filter(Boolean).join("; "),vo=(e,t)=>e[t-1].kind==="missing"?"perhaps issued by":"issued by",Ct=({chain:e})=>s`
  <ol class="chain" aria-label="Chain of certificates">
    ${e.map((t,o)=>s`
        <li class=${mo.includes(t.kind)?t.kind:"sent"} key=${o}>
          ${o>0&&s`<p class="joint">${vo(e,o)}</p>`}
          <div class="link">
            <strong><${T} text=${t.name} /></strong>
            <p>${yo(t)}</p>
          </div>
        </li>
      `)}
  </ol>
`;var go=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${p(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${p(e.sha256)}</code></span>`}
  </p>
`,bo=({finding:e,said:t})=>{let{fix:o}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${p(e.says)}</p>`}
      ${o?.say&&s`<p><strong>Next step:</strong> ${p(o.say)}</p>`}
      ${o?.pem&&s`<${go} fix=${o} />`}
      ${o?.desk_phones?.length>0&&s`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${o.desk_phones.map(p).join(`
`)}</pre>
        ${o.desk_phones_note&&s`<p class="hint below">${p(o.desk_phones_note)}</p>`}`}
      <details>
        <summary>Details</summary>
        <p><code>${p(e.code)}</code></p>
        ${e.details&&s`<p class="quiet">${p(e.details)}</p>`}
      </details>
    </article>
  `},we=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>s`<${bo} key=${n} finding=${o} said=${o.says===e} />`);var Tt=e=>(e/1e3).toFixed(1)+" ms",ko=({toServer:e})=>s`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,wo=({size:e,at_us:t,since_last_us:o})=>[e>0&&e+" octets",Tt(t),o>0&&"+"+Tt(o)].filter(Boolean).join(", "),So=({values:e,count:t})=>e.map(o=>p(o)).join(", ")+(t>e.length?` and ${t-e.length} more`:""),xo=({facts:e,open:t})=>s`
  <details class="known" open=${t}>
    <summary>What is known of it</summary>
    <${I} rows=${e.map(o=>[p(o.name),s`<bdi>${So(o)}</bdi>`])} />
  </details>
`,Co=({encrypted:e,readable:t=!0,failing:o})=>["rung",e&&"encrypted",!t&&"unread",o&&"failing"].filter(Boolean).join(" "),To=({step:e})=>s`
  <li class=${Co(e)}>
    <p class="rung-name">
      ${e.number&&s`<span class="number">${p(e.number)}</span>`}
      <strong>${p(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">${e.readable===!1?"encrypted, not read":"encrypted"}</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${ko} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${p(e.note)}</span>`}
      <span class="quiet">${wo(e)}</span>
    </p>
    ${e.facts?.length>0&&s`<${xo} facts=${e.facts} open=${e.failing} />`}
  </li>
`,Eo=({step:e})=>s`
  <li class="from-here"><p>From here on (${p(e.number||e.name)}) the connection is encrypted</p></li>
`,Ao=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>s`
        <${z} key=${n}>
          ${n===t&&s`<${Eo} step=${o} />`}
          <${To} step=${o} />
        <//>
      `)}
  </ol>
`,Po=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",No=({closed_by:e,reset:t})=>e&&`by the ${p(e)}, by a ${t?"reset":"regular end of the stream"}`,Et=({ladder:e,role:t,server:o})=>s`
  <${I} rows=${[["Result",p(e.result)],["Version",p(e.version)],["Cipher",p(e.cipher_suite)],["Key exchange",e.key_exchange&&p(e.key_exchange)+"; "+Po(e)],["Closed",No(e)]]} />
  ${e.remarks?.map((n,i)=>s`<p class="remark" key=${i}>${p(n)}</p>`)}
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?p(o):"This phone"}</span>
          <span>${t==="server"?"This phone":p(o)}</span>
        </div>
        <${Ao} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var Lo=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>s`
        <details key=${n} open=${n===0}>
          <summary>${q(o)}</summary>
          <${W} certificate=${o} />
        </details>
      `)}
  </section>
`,Ro=({shown:e})=>s`
  <${A} tone=${be(e.verdict.decision).tone}>
    <p class="notice-title">
      <${J} decision=${e.verdict.decision} /> <${T} text=${e.server} />
    </p>
    <p>${p(e.verdict.headline)}</p>
    <p class="quiet">${k(e.at)}, ${p(e.service)}; the phone was the ${p(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&s`<section class="card">
    <h2>What was found</h2>
    <${we} verdict=${e.verdict} />
  </section>`}
  ${e.own_certificate&&s`<section class="card">
    <h2>This phone's certificate</h2>
    <p>${p(e.own_certificate.says)}</p>
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${Et} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.handshake.chain?.length>0&&s`<section class="card">
    <h2>From its certificate to the root</h2>
    <${Ct} chain=${e.handshake.chain} />
  </section>`}
  ${e.certificates.length>0&&s`<${Lo} certificates=${e.certificates} role=${e.role} />`}
`;function At({argument:e}){let t=P("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${E} group="Diagnostics">Connection<//>
    <${N} from=${t}>${o=>s`<${Ro} shown=${o} />`}<//>
  `}var Do=["Server","Service","Verdict","When"],Uo=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${T} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)} <span class="life">phone was the ${p(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${J} decision=${e.decision} /><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,Io=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${Do.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${Uo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Pt(){let e=P("connections");return s`
    <${E} group="Diagnostics">Connections<//>
    <section class="card">
      <${N} from=${e}>${({connections:t})=>s`<${Io} rows=${t} />`}<//>
    </section>
  `}var Nt=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(o=>s`<li>${p(o)}</li>`)}</ul>`,jo=({file:e,summary:t})=>s`
  <li>
    <p><strong><${T} text=${e.url} /></strong> <span class="quiet">${p(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${p(e.says)}</p>`}
    <${Nt} title="Mistakes" lines=${e.mistakes} />
    <${Nt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${G(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,Fo=({connection:e})=>s`
  <li>
    <p><${J} decision=${e.verdict.decision} /> <strong><${T} text=${e.server} /></strong></p>
    <p>${p(e.verdict.headline)}</p>
    <${we} verdict=${e.verdict} />
  </li>
`,Lt=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${A} tone=${e.applied?"good":"bad"} title=${p(e.summary)} />
    ${e.warnings.map(t=>s`<${A} tone="warn"><p>${p(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${jo} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>s`<${Fo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var K="static.auto_provision.server.",Oo=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function Ho({settings:e,reload:t}){let[o,n]=x(),i=U(),r=e[K+"password"]?.set;async function c(d){await n(()=>b("PUT","settings",{json:d}))&&(i.current.password.value="",t())}function u(d){d.preventDefault();let{url:l,user:f,password:_}=i.current,a={url:e[K+"url"]?.value,username:e[K+"username"]?.value,password:""},h={url:l.value.trim(),username:f.value,password:_.value},v=Object.keys(h).filter(m=>h[m]!==(a[m]??""));if(v.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let L=Object.fromEntries(v.map(m=>[K+m,h[m]]));return c(L)}return s`
    <form class="card" ref=${i} onSubmit=${u} autocomplete="off">
      <h2>Provisioning server</h2>
      <label>Server URL
        <input name="url" type="text" inputmode="url" autocomplete="off" spellcheck=${!1} placeholder="https://prov.example.com/phones/"
          value=${e[K+"url"]?.value} />
      </label>
      <label>User Name
        <input name="user" type="text" autocomplete="off" spellcheck=${!1} value=${e[K+"username"]?.value} />
      </label>
      <label>Password
        <input name="password" type="password" autocomplete="new-password" aria-describedby="password-state"
          placeholder=${r?"set; leave empty to keep it":"not set"} />
      </label>
      <p class="hint" id="password-state">
        ${r?"A password is set. It is never shown; type a new one to replace it.":"No password is set."}
      </p>
      <div class="buttons">
        <button disabled=${o}>Confirm</button>
        ${r&&s`<${H} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[K+"password"]:null})} />`}
      </div>
    </form>
  `}function Wo(){let[e,t]=w(),[o,n]=x();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let r=await b("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${Lt} report=${e} />`}
  `}function Rt(){let e=P("settings");return s`
    <${E} group="Settings">Auto Provision<//>
    <${N} from=${e}>
      ${t=>s`<${Ho} settings=${Oo(t)} reload=${e.reload} />`}
    <//>
    <${Wo} />
  `}var Mo=["Server","Service","Why","When"],qo=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/security/rejected/"+e.id}><${T} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)}</td>
    <td role="cell" data-label="Why"><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,Bo=({rows:e})=>e.length===0?s`<p class="empty">No server was refused for its certificate. One that is accepted later is taken off this list.</p>`:s`
        <table role="table">
          <caption class="unseen">Rejected servers</caption>
          <thead role="rowgroup">
            <tr role="row">${Mo.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${qo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Dt(){let e=P("rejected");return s`
    <${E} group="Security">Rejected Servers<//>
    <section class="card">
      <${N} from=${e}>${({rejected:t})=>s`<${Bo} rows=${t} />`}<//>
    </section>
  `}function Vo({shown:e,reload:t}){let o=U(),[n,i]=x();async function r(c){c.preventDefault();let u=o.current.value.trim();if(!u)return R("Type or paste the SHA-256 that the certificate's owner gave you.","bad"),o.current.focus();await i(()=>b("POST","rejected/"+e.id+"/trust",{json:{sha256:u}}))?(o.current.value="",t()):o.current.select()}return s`
    <form onSubmit=${r}>
      <label>SHA-256, as its owner gives it out<input type="text" ref=${o} autocomplete="off" spellcheck="false" size="60" /></label>
      <p class="hint">All of it, or the first 16 octets. Have it from the owner by another way than this connection: somebody in between would show you his own here.</p>
      <p class="buttons"><button disabled=${n}>Trust This Issuer</button></p>
    </form>
  `}var Go=({shown:e,reload:t})=>s`
  <${A} tone="bad">
    <p class="notice-title"><${T} text=${e.server} /></p>
    <p>${p(e.headline)}</p>
    <p class="quiet">${k(e.at)}, ${p(e.service)}</p>
  <//>
  <section class="card">
    <h2>Trust this issuer</h2>
    <p>${p(e.trust.says)}</p>
    ${e.trust.certificate&&s`
      <details open>
        <summary>${q(e.trust.certificate)}</summary>
        <${W} certificate=${e.trust.certificate} />
      </details>
      <${Vo} shown=${e} reload=${t} />
    `}
  </section>
  ${e.certificates.length>0&&s`<section class="card">
    <h2>Certificates that the server sent</h2>
    ${e.certificates.map((o,n)=>s`
        <details key=${n}>
          <summary>${q(o)}</summary>
          <${W} certificate=${o} />
        </details>
      `)}
  </section>`}
`;function Ut({argument:e}){let t=P("rejected/"+e);return s`
    <p><a href="#/security/rejected">All rejected servers</a></p>
    <${E} group="Security">Rejected Server<//>
    <${N} from=${t}>${o=>s`<${Go} shown=${o} reload=${t.reload} />`}<//>
  `}function Ko({row:e,reload:t}){let[o,n]=x(),i=async()=>await n(()=>b("DELETE","revocation-lists/"+e.id))&&t();return s`
    <section class="card">
      <h2><${T} text=${e.issuer} /></h2>
      ${e.remark&&s`<p class="bad-text">${p(e.remark)}</p>`}
      <${I} rows=${[["Of",k(e.this_update)],["Until",e.next_update?k(e.next_update):"no date given"],["Revoked",String(e.entries)],["Kind",e.delta?"changes to another list":""],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Added",k(e.added)+", "+p(e.origin)]]} />
      <${H} label="Delete" question="What this list revokes will be revoked no more." yes="Delete it"
        busy=${o} act=${i} />
    </section>
  `}function Yo({required:e,reload:t}){let[o,n]=x();return s`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${e} disabled=${o} onChange=${async r=>{let c={"sealtone.security.revocation_required":r.target.checked?"1":"0"};await n(()=>b("PUT","settings",{json:c})),t()}} />
      <span>Refuse What Is Not Known</span>
      <span class="hint">On: a server is refused if neither a list here nor an answer that it sends along (OCSP) covers its certificates. Off: only if one of them calls a certificate revoked.</span>
    </label>
  `}var zo=({shown:e,reload:t})=>s`
  <section class="card">
    <h2>Lists of revoked certificates</h2>
    ${e.lists.length===0&&s`<p class="empty">No list yet. None is fetched: get them from your servers' authority.</p>`}
    <${Z} path="revocation-lists" label="Revocation list file" done=${t}
      hint="A .crl or .pem file. A newer list of the same authority takes the place of the one before." />
    <${Yo} required=${e.required} reload=${t} />
  </section>
  ${e.lists.map(o=>s`<${Ko} key=${o.id} row=${o} reload=${t} />`)}
`;function It(){let e=P("revocation-lists");return s`
    <${E} group="Security">Revocation Lists<//>
    <${N} from=${e}>${t=>s`<${zo} shown=${t} reload=${e.reload} />`}<//>
  `}var jt=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${p(t.says)}`:""}</span>
  </li>
`;function Xo({previous:e,reload:t}){let[o,n]=x();async function i(){await n(()=>b("POST","server-certificate/undo"))&&t()}async function r(){await n(()=>b("DELETE","server-certificate/previous"))&&t()}return s`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${q(e.certificate)}, uploaded ${k(e.added)}</summary>
        <${W} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${i}>Go Back to the Previous Certificate</button>
        <${H} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${r} />
      </p>
    </section>
  `}function Jo({shown:e,reload:t}){let[o,n]=x();async function i(){await n(()=>b("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${A} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${W} certificate=${e.certificate} />
      <ul class="uses">
        <${jt} title="As server certificate" use=${e.usable_as_server} />
        <${jt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${q(r)}</summary><${W} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${H} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${i} />`}
    </section>
    ${e.previous&&s`<${Xo} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${Z} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Ft(){let e=P("server-certificate");return s`
    <${E} group="Security">Server Certificates<//>
    <${N} from=${e}>${t=>s`<${Jo} shown=${t} reload=${e.reload} />`}<//>
  `}var re=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,Zo=({status:e,reload:t})=>s`
  ${e.clock.unset&&s`<${A} tone="bad" title="The phone's clock was never set">
    <p>${p(e.clock.says)}</p>
    ${e.clock.waits&&s`<p>${p(e.clock.waits)}</p>`}
    ${e.clock.time_server&&s`<p>${p(e.clock.time_server)}</p>`}
    ${e.clock.floor>e.clock.lowest_floor&&s`<${Qo} clock=${e.clock} reload=${t} />`}
  <//>`}
  ${!e.only_accept_trusted&&s`<${A} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&s`<${A} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&s`<${A} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${re("security/server","Security > Server Certificates")}.</p>
  <//>`}
`;function Qo({clock:e,reload:t}){let[o,n]=x();async function i(){await n(()=>b("PUT","clock/floor",{json:{to:e.lowest_floor}}))&&t()}return s`<${H} label="Lower the Floor…" question=${"Is the clock right, and has it not been "+k(e.floor)+" yet?"} yes="Lower it" busy=${o} act=${i} />`}var en=({status:e,reload:t})=>s`
  <${Zo} status=${e} reload=${t} />
  <section class="card">
    <h2>Phone</h2>
    <${I} rows=${[["Version",p(e.version)],["MAC",s`<code>${p(e.mac)}</code>`],["Page",e.page_urls.map(o=>s`<div>${p(o)}</div>`)],["Clock",k(e.clock.now)+(e.clock.by_time_server?", as a time server told it":"")]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${I} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":s`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ke[e.list]],["Uploaded",re("security/trusted",G(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":s`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${I} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":p(e.page_certificate.subject.text)],["Serial Number",s`<code>${X(e.page_certificate.serial_number)}</code>`],["Valid Until",k(e.page_certificate.not_after)+" ("+ge(e.page_certificate.days_left)+")"],["SHA-256",s`<code>${p(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${p(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&s`<p class="quiet">${k(e.provisioning.at)}</p>`}
    <p>${re("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Ot(){let e=P("status");return s`
    <${E}>Status<//>
    <${N} from=${e}>${t=>s`<${en} status=${t} reload=${e.reload} />`}<//>
  `}var tn={default:"0",custom:"1",all:"2"},on={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Ht=({label:e,hint:t,on:o,change:n})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${i=>n(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Wt({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:i}=e,[r,c]=w(e),[u,d]=x(),l=_=>c({...r,..._});D(()=>c(e),[o,n,i]);async function f(_){_.preventDefault();let a={"static.security.trust_certificates":r.only_accept_trusted?"1":"0","static.security.ca_cert":tn[r.list],"static.security.cn_validation":r.check_name?"1":"0"};await d(()=>b("PUT","settings",{json:a}))&&t()}return s`
    <form class="card" onSubmit=${f}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Ht} label="Only Accept Trusted Certificates" on=${r.only_accept_trusted}
        change=${_=>l({only_accept_trusted:_})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ke).map(([_,a])=>s`
            <label class="choice" key=${_}>
              <input type="radio" name="list" value=${_} checked=${r.list===_} onChange=${()=>l({list:_})} />
              <span>${a}</span><span class="hint">${on[_]}</span>
            </label>
          `)}
      </fieldset>
      <${Ht} label="Common Name Validation" on=${r.check_name} change=${_=>l({check_name:_})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var nn=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${I} rows=${[["Serial Number",s`<code>${X(e.serial)}</code>`],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Valid Until",k(e.expires)],["Added",k(e.added)+", "+p(e.origin)]]} />
  </details>
`,sn=({row:e,marked:t,mark:o})=>s`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${T} text=${e.issued_to} /></span><${nn} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${T} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${kt(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${p(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+p(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,rn=["Index","Issued To","Issued By","Expiration","Delete"];function an({rows:e,reload:t}){let[o,n]=w([]),[i,r]=x(),c=(d,l)=>n(o.filter(f=>f!==d).concat(l?d:[]));async function u(){if(o.length===0)return R("Mark the certificates to delete first.","bad");await r(async()=>{for(let d of o)await b("DELETE","trusted/"+d);return{says:G(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${rn.map(d=>s`<th role="columnheader" scope="col">${d}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(d=>s`<${sn} key=${d.id} row=${d} marked=${o.includes(d.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var cn=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${A} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${an} rows=${e.certificates} reload=${t} />
    <p class="quiet">${e.certificates.length} of at most ${e.limit}.</p>
    <${Z} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all, or none." />
  </section>
  <${Wt} trusted=${e} reload=${t} />
`;function Mt(){let e=P("trusted");return s`
    <${E} group="Security">Trusted Certificates<//>
    <${N} from=${e}>${t=>s`<${cn} trusted=${t} reload=${e.reload} />`}<//>
  `}var ie=[{path:"status",title:"Status",Page:Ot},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Mt},{path:"security/rejected",group:"Security",title:"Rejected Servers",Page:Dt},{path:"security/server",group:"Security",title:"Server Certificates",Page:Ft},{path:"security/revocation",group:"Security",title:"Revocation Lists",Page:It},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Rt},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Pt}];function ln(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);if(o)return{path:"diagnostics/connections",title:"Connection",Page:At,argument:o[1]};let n=/^security\/rejected\/(\d+)$/.exec(t);return n?{path:"security/rejected",title:"Rejected Server",Page:Ut,argument:n[1]}:ie.find(i=>i.path===t)??ie[0]}function qt(){let[e,t]=w(location.hash);return D(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),ln(e)}var un=[...new Set(ie.map(e=>e.group))],pn=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${ie.filter(o=>o.group===e).map(o=>s`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Bt({at:e}){let[t,o]=w(!1);return D(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${un.map(n=>s`<${pn} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Vt=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&s`<p>${p(o)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function dn(){let[e,t]=w("asking");return D(()=>{ht(()=>{se(""),t(o=>o==="in"?"ended":o)}),b("GET","session").then(o=>{se(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>R(o.message,"bad"))},[]),[e,t]}function fn(){let[e,t]=w({text:""});yt(t);let[o,n]=dn(),i=qt(),r=U(),c=U(location.hash),u=o==="in";D(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function d(_){se(_),t({text:""}),n("in")}async function l(){try{await b("DELETE","session")}catch(_){if(_.status!==401)return R(_.message,"bad")}se(""),n("out"),R("You are logged out.")}function f(_){_.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${f}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Bt} at=${i.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${Vt} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(o==="out"||o==="ended")&&s`<${St} ended=${o==="ended"} done=${d} />`}
    </main>
  `}tt(s`<${fn} />`,document.getElementById("page"));})();
