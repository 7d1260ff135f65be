// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var me,w,Ge,Qt,M,Me,Ke,Ye,Ce,pe,oe,ze,Pe,Te,Ae,eo,fe={},_e=[],to=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,$e=Array.isArray;function W(e,t){for(var o in t)e[o]=t[o];return e}function Ee(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Re(e,t,o){var n,a,r,c={};for(r in t)r=="key"?n=t[r]:r=="ref"?a=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?me.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return ue(e,c,n,a,null)}function ue(e,t,o,n,a){var r={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:a??++Ge,__i:-1,__u:0};return a==null&&w.vnode!=null&&w.vnode(r),r}function K(e){return e.children}function de(e,t){this.props=e,this.context=t}function G(e,t){if(t==null)return e.__?G(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?G(e):null}function oo(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],a=[],r=W({},t);r.__v=t.__v+1,w.vnode&&w.vnode(r),Ne(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??G(t),!!(32&t.__u),a),r.__v=t.__v,r.__.__k[r.__i]=r,et(n,r,a),t.__e=t.__=null,r.__e!=o&&Xe(r)}}function Xe(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Xe(e)}function qe(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!he.__r++||Me!=w.debounceRendering)&&((Me=w.debounceRendering)||Ke)(he)}function he(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ye),e=M.shift(),t=M.length,oo(e)}finally{M.length=he.__r=0}}function Je(e,t,o,n,a,r,c,u,d,l,f){var m,i,_,h,P,$,v=n&&n.__k||_e,g=t.length;for(d=so(o,t,v,d,g),m=0;m<g;m++)(_=o.__k[m])!=null&&(i=_.__i!=-1&&v[_.__i]||fe,_.__i=m,$=Ne(e,_,i,a,r,c,u,d,l,f),h=_.__e,_.ref&&i.ref!=_.ref&&(i.ref&&Le(i.ref,null,_),f.push(_.ref,_.__c||h,_)),P==null&&h!=null&&(P=h),4&_.__u?(d=Ze(_,d,e),i.__e&&(i.__e=null)):typeof _.type=="function"&&$!==void 0?d=$:h&&(d=h.nextSibling),_.__u&=-7);return o.__e=P,d}function so(e,t,o,n,a){var r,c,u,d,l,f=o.length,m=f,i=0;for(e.__k=new Array(a),r=0;r<a;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=ue(null,c,null,null,null):$e(c)?c=e.__k[r]=ue(K,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=ue(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,d=r+i,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=no(c,o,d,m))!=-1&&(m--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(a>f?i--:a<f&&i++),typeof c.type!="function"&&(c.__u|=4)):l!=d&&(l==d-1?i--:l==d+1?i++:(l>d?i--:i++,c.__u|=4))):e.__k[r]=null;if(m)for(r=0;r<f;r++)(u=o[r])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=G(u)),ot(u,u));return n}function Ze(e,t,o){var n,a;if(typeof e.type=="function"){for(n=e.__k,a=0;n&&a<n.length;a++)n[a]&&(n[a].__=e,t=Ze(n[a],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=G(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function no(e,t,o,n){var a,r,c,u=e.key,d=e.type,l=t[o],f=l!=null&&(2&l.__u)==0;if(l===null&&u==null||f&&u==l.key&&d==l.type)return o;if(n>(f?1:0)){for(a=o-1,r=o+1;a>=0||r<t.length;)if((l=t[c=a>=0?a--:r++])!=null&&(2&l.__u)==0&&u==l.key&&d==l.type)return c}return-1}function Be(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||to.test(t)?o:o+"px"}function le(e,t,o,n,a){var r,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||Be(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||Be(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(ze,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=o,o?n?o[oe]=n[oe]:(o[oe]=Pe,e.addEventListener(t,r?Ae:Te,r)):e.removeEventListener(t,r?Ae:Te,r);else{if(a=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function Ve(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[pe]==null)t[pe]=Pe++;else if(t[pe]<o[oe])return;return o(w.event?w.event(t):t)}}}function Ne(e,t,o,n,a,r,c,u,d,l){var f,m,i,_,h,P,$,v,g,D,ee,V,te,He,ce,xe,j=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(d=!!(32&o.__u),r=[u=t.__e=o.__e]),(f=w.__b)&&f(t);e:if(typeof j=="function"){m=c.length;try{if(g=t.props,D=j.prototype&&j.prototype.render,ee=(f=j.contextType)&&n[f.__c],V=f?ee?ee.props.value:f.__:n,o.__c?v=(i=t.__c=o.__c).__=i.__E:(D?t.__c=i=new j(g,V):(t.__c=i=new de(g,V),i.constructor=j,i.render=ao),ee&&ee.sub(i),i.state||(i.state={}),i.__n=n,_=i.__d=!0,i.__h=[],i._sb=[]),D&&i.__s==null&&(i.__s=i.state),D&&j.getDerivedStateFromProps!=null&&(i.__s==i.state&&(i.__s=W({},i.__s)),W(i.__s,j.getDerivedStateFromProps(g,i.__s))),h=i.props,P=i.state,i.__v=t,_)D&&j.getDerivedStateFromProps==null&&i.componentWillMount!=null&&i.componentWillMount(),D&&i.componentDidMount!=null&&i.__h.push(i.componentDidMount);else{if(D&&j.getDerivedStateFromProps==null&&g!==h&&i.componentWillReceiveProps!=null&&i.componentWillReceiveProps(g,V),t.__v==o.__v||!i.__e&&i.shouldComponentUpdate!=null&&i.shouldComponentUpdate(g,i.__s,V)===!1){t.__v!=o.__v&&(i.props=g,i.state=i.__s,i.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(X){X&&(X.__=t)}),_e.push.apply(i.__h,i._sb),i._sb=[],i.__h.length&&c.push(i),u=G(o);break e}i.componentWillUpdate!=null&&i.componentWillUpdate(g,i.__s,V),D&&i.componentDidUpdate!=null&&i.__h.push(function(){i.componentDidUpdate(h,P,$)})}if(i.context=V,i.props=g,i.__P=e,i.__e=!1,te=w.__r,He=0,D)i.state=i.__s,i.__d=!1,te&&te(t),f=i.render(i.props,i.state,i.context),_e.push.apply(i.__h,i._sb),i._sb=[];else do i.__d=!1,te&&te(t),f=i.render(i.props,i.state,i.context),i.state=i.__s;while(i.__d&&++He<25);i.state=i.__s,i.getChildContext!=null&&(n=W(W({},n),i.getChildContext())),D&&!_&&i.getSnapshotBeforeUpdate!=null&&($=i.getSnapshotBeforeUpdate(h,P)),ce=f!=null&&f.type===K&&f.key==null?tt(f.props.children):f,u=Je(e,$e(ce)?ce:[ce],t,o,n,a,r,c,u,d,l),i.base=t.__e,t.__u&=-161,i.__h.length&&c.push(i),v&&(i.__E=i.__=null)}catch(X){if(c.length=m,t.__v=null,d||r!=null){if(X.then){for(t.__u|=d?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(xe=r.length;xe--;)Ee(r[xe])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),X.then||Qe(t),w.__e(X,t,o)}}else r==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=ro(o.__e,t,o,n,a,r,c,d,l);return(f=w.diffed)&&f(t),128&t.__u?void 0:u}function Qe(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Qe))}function et(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);w.__c&&w.__c(t,e),e.some(function(a){try{e=a.__h,a.__h=[],e.some(function(r){r.call(a)})}catch(r){w.__e(r,a.__v)}})}function tt(e){return typeof e!="object"||e==null||e.__b>0?e:$e(e)?e.map(tt):e.constructor!==void 0?null:W({},e)}function ro(e,t,o,n,a,r,c,u,d){var l,f,m,i,_,h,P,$=o.props||fe,v=t.props,g=t.type;if(g=="svg"?a="http://www.w3.org/2000/svg":g=="math"?a="http://www.w3.org/1998/Math/MathML":a||(a="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((_=r[l])&&"setAttribute"in _==!!g&&(g?_.localName==g:_.nodeType==3)){e=_,r[l]=null;break}}if(e==null){if(g==null)return document.createTextNode(v);e=document.createElementNS(a,g,v.is&&v),u&&(w.__m&&w.__m(t,r),u=!1),r=null}if(g==null)$===v||u&&e.data==v||(e.data=v);else{if(r=g=="textarea"&&v.defaultValue!=null?null:r&&me.call(e.childNodes),!u&&r!=null)for($={},l=0;l<e.attributes.length;l++)$[(_=e.attributes[l]).name]=_.value;for(l in $)_=$[l],l=="dangerouslySetInnerHTML"?m=_:l=="children"||l in v||l=="value"&&"defaultValue"in v||l=="checked"&&"defaultChecked"in v||le(e,l,null,_,a);for(l in v)_=v[l],l=="children"?i=_:l=="dangerouslySetInnerHTML"?f=_:l=="value"?h=_:l=="checked"?P=_:u&&typeof _!="function"||$[l]===_||le(e,l,_,$[l],a);if(f)u||m&&(f.__html==m.__html||f.__html==e.innerHTML)||(e.innerHTML=f.__html),t.__k=[];else if(m&&(e.innerHTML=""),Je(t.type=="template"?e.content:e,$e(i)?i:[i],t,o,n,g=="foreignObject"?"http://www.w3.org/1999/xhtml":a,r,c,r?r[0]:o.__k&&G(o,0),u,d),r!=null)for(l=r.length;l--;)Ee(r[l]);u&&g!="textarea"||(l="value",g=="progress"&&h==null?e.removeAttribute("value"):h!=null&&(h!==e[l]||g=="progress"&&!h||g=="option"&&h!=$[l])&&le(e,l,h,$[l],a),l="checked",P!=null&&P!=e[l]&&le(e,l,P,$[l],a))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(a){w.__e(a,o)}}function ot(e,t,o){var n,a;if(w.unmount&&w.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(r){w.__e(r,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(a=0;a<n.length;a++)n[a]&&ot(n[a],t,o||typeof e.type!="function");o||Ee(e.__e),e.__c=e.__=e.__e=void 0}function ao(e,t,o){return this.constructor(e,o)}function st(e,t,o){var n,a,r,c;t==document&&(t=document.documentElement),w.__&&w.__(e,t),a=(n=typeof o=="function")?null:o&&o.__k||t.__k,r=[],c=[],Ne(t,e=(!n&&o||t).__k=Re(K,null,[e]),a||fe,fe,t.namespaceURI,!n&&o?[o]:a?null:t.firstChild?me.call(t.childNodes):null,r,!n&&o?o:a?a.__e:t.firstChild,n,c),et(r,e,c),e.props.children=null}me=_e.slice,w={__e:function(e,t,o,n){for(var a,r,c;t=t.__;)if((a=t.__c)&&!a.__)try{if((r=a.constructor)&&r.getDerivedStateFromError!=null&&(a.setState(r.getDerivedStateFromError(e)),c=a.__d),a.componentDidCatch!=null&&(a.componentDidCatch(e,n||{}),c=a.__d),c)return a.__E=a}catch(u){e=u}throw e}},Ge=0,Qt=function(e){return e!=null&&e.constructor===void 0},de.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=W({},this.state),typeof e=="function"&&(e=e(W({},o),this.props)),e&&W(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),qe(this))},de.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),qe(this))},de.prototype.render=K,M=[],Ke=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ye=function(e,t){return e.__v.__b-t.__v.__b},he.__r=0,Ce=Math.random().toString(8),pe="__d"+Ce,oe="__a"+Ce,ze=/(PointerCapture)$|Capture$/i,Pe=0,Te=Ve(!1),Ae=Ve(!0),eo=0;var se,T,Ie,nt,ne=0,dt=[],E=w,rt=E.__b,at=E.__r,it=E.diffed,ct=E.__c,lt=E.unmount,pt=E.__;function Ue(e,t){E.__h&&E.__h(T,e,ne||t),ne=0;var o=T.__H||(T.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function x(e){return ne=1,io(ht,e)}function io(e,t,o){var n=Ue(se++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):ht(void 0,t),function(u){var d=n.__N?n.__N[0]:n.__[0],l=n.t(d,u);d!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=T,!T.__f)){var a=function(u,d,l){if(!n.__c.__H)return!0;var f=!1,m=n.__c.props!==u;if(n.__c.__H.__.some(function(_){if(_.__N){f=!0;var h=_.__[0];_.__=_.__N,_.__N=void 0,h!==_.__[0]&&(m=!0)}}),r){var i=r.call(this,u,d,l);return f?i||m:i}return!f||m};T.__f=!0;var r=T.shouldComponentUpdate,c=T.componentWillUpdate;T.componentWillUpdate=function(u,d,l){if(this.__e){var f=r;r=void 0,a(u,d,l),r=f}c&&c.call(this,u,d,l)},T.shouldComponentUpdate=a}return n.__N||n.__}function L(e,t){var o=Ue(se++,3);!E.__s&&_t(o.__H,t)&&(o.__=e,o.u=t,T.__H.__h.push(o))}function U(e){return ne=5,ft(function(){return{current:e}},[])}function ft(e,t){var o=Ue(se++,7);return _t(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function ve(e,t){return ne=8,ft(function(){return e},t)}function co(){for(var e;e=dt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(ye),t.__h.some(Oe),t.__h=[]}catch(o){t.__h=[],E.__e(o,e.__v)}}}E.__b=function(e){T=null,rt&&rt(e)},E.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),pt&&pt(e,t)},E.__r=function(e){at&&at(e),se=0;var t=(T=e.__c).__H;t&&(Ie===T?(t.__h=[],T.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some(ye),t.__h.some(Oe),t.__h=[],se=0)),Ie=T},E.diffed=function(e){it&&it(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(dt.push(t)!==1&&nt===E.requestAnimationFrame||((nt=E.requestAnimationFrame)||lo)(co)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),Ie=T=null},E.__c=function(e,t){t.some(function(o){try{o.__h.some(ye),o.__h=o.__h.filter(function(n){return!n.__||Oe(n)})}catch(n){t.some(function(a){a.__h&&(a.__h=[])}),t=[],E.__e(n,o.__v)}}),ct&&ct(e,t)},E.unmount=function(e){lt&&lt(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{ye(n)}catch(a){t=a}}),o.__H=void 0,t&&E.__e(t,o.__v))};var ut=typeof requestAnimationFrame=="function";function lo(e){var t,o=function(){clearTimeout(n),ut&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);ut&&(t=requestAnimationFrame(o))}function ye(e){var t=T,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),T=t}function Oe(e){var t=T;e.__c=e.__(),T=t}function _t(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function ht(e,t){return typeof t=="function"?t(e):t}var Fe="",mt=()=>{},ge=class extends Error{constructor(t,o,n,a={}){super(o),this.code=t,this.status=n,this.answer=a}},$t=e=>mt=e,re=e=>Fe=e??"";function po(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function uo(e){let t=await e.json().catch(()=>({})),{code:o="",says:n}=t;return new ge(o,po(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status,t)}async function b(e,t,{json:o,body:n,headers:a={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...a}};e!=="GET"&&Fe&&(r.headers["X-CSRF-Token"]=Fe),o!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,r)}catch{throw new ge("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await uo(c);throw c.status===401&&t!=="session"&&mt(),u}return c.status===204?{}:c.json()}function yt(e,t,o){let n=t.flatMap((a,r)=>r===0?[a]:[`
`,a]);return b("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(a=>a.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var vt=()=>{},gt=e=>vt=e,I=(e,t="good")=>vt({text:e,tone:t});function R(e){let[t,o]=x({}),n=ve(async()=>{try{let a=await b("GET",e);o({path:e,data:a})}catch(a){o({path:e,problem:a})}},[e]);return L(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function S(){let[e,t]=x(!1);async function o(n){I(""),t(!0);try{let a=await n();return a?.says&&I(a.says,a.tone),!0}catch(a){return I(a.message,"bad"),!1}finally{t(!1)}}return[e,o]}var wt=function(e,t,o,n){var a;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,o[t[r++]]):t[++r];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++r]]=u:c===6?n[1][t[++r]]+=u+"":c?(a=e.apply(u,wt(e,u,o,["",null])),n.push(a),u[0]?t[0]|=2:(t[r-2]=0,t[r]=a)):n.push(u)}return n},bt=new Map;function kt(e){var t=bt.get(this);return t||(t=new Map,bt.set(this,t)),(t=wt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,a,r=1,c="",u="",d=[0],l=function(i){r===1&&(i||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?d.push(0,i,c):r===3&&(i||c)?(d.push(3,i,c),r=2):r===2&&c==="..."&&i?d.push(4,i,0):r===2&&c&&!i?d.push(5,0,!0,c):r>=5&&((c||!i&&r===5)&&(d.push(r,0,c,a),r=6),i&&(d.push(r,i,0,a),r=6)),c=""},f=0;f<o.length;f++){f&&(r===1&&l(),l(f));for(var m=0;m<o[f].length;m++)n=o[f][m],r===1?n==="<"?(l(),d=[d],r=3):c+=n:r===4?c==="--"&&n===">"?(r=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),r=1):r&&(n==="="?(r=5,a=c,c=""):n==="/"&&(r<5||o[f][m+1]===">")?(l(),r===3&&(d=d[0]),r=d,(d=d[0]).push(2,0,r),r=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),r=2):c+=n),r===3&&c==="!--"&&(r=4,d=d[0])}return l(),d})(e)),t),arguments,[])).length>1?t:t[0]}var s=kt.bind(Re);var fo=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,_o=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function p(e,t=!1){return String(e??"").replace(fo,o=>t&&o===`
`?o:_o(o))}function y(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:p(e)}var St=e=>y(e).split(" ")[0],Y=(e,t)=>e+" "+t+(e===1?"":"s");function be(e){return e<0?"expired":e===0?"less than a day left":Y(e,"day")+" left"}var J=e=>p(e).replaceAll(":","").toUpperCase(),ho={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function we(e){return e===null?{word:"Not judged",tone:"plain"}:ho[e]??{word:p(e),tone:"warn"}}var ke={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var mo={added:"good","already there":"plain",repeated:"plain","not added":"warn",refused:"bad"},$o={refuses:"bad",warns:"warn",note:"plain"},yo=({row:e})=>s`
  <li>
    <span class=${"decision "+(mo[e.outcome]??"plain")}>${p(e.outcome)}</span>
    ${" "}<span>${p(e.says)}</span>
  </li>
`,vo=({remark:e})=>s`
  <li>
    <span class=${"decision "+($o[e.weight]??"plain")}>${p(e.code)}</span>
    ${" "}<span>${p(e.says)} ${p(e.next)}</span>
  </li>
`;function xt({answer:e}){let t=e?.certificates??[],o=e?.remarks??[];return t.length<2&&o.length===0?null:s`
    <section class="examined" aria-label="What was found in the file">
      ${t.length>1&&s`<h3>Each certificate</h3><ul class="entries">${t.map((n,a)=>s`<${yo} key=${a} row=${n} />`)}</ul>`}
      ${o.length>0&&s`<h3>What was found in the file</h3><ul class="entries">${o.map((n,a)=>s`<${vo} key=${a} remark=${n} />`)}</ul>`}
    </section>
  `}var k=({text:e})=>s`<bdi>${p(e)}</bdi>`,A=({group:e,children:t})=>s`
  <h1 tabindex="-1">${e&&s`<span class="group">${e} > </span>`}${t}</h1>
`,C=({tone:e,title:t,children:o})=>s`
  <div class=${"notice "+e}>
    ${t&&s`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,q=({decision:e})=>{let{word:t,tone:o}=we(e);return s`<span class=${"decision "+o}>${t}</span>`};function N({from:e,children:t}){return e.problem?s`<${C} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):s`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var O=({rows:e})=>s`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>s`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function Z({path:e,label:t,hint:o,several:n,done:a}){let r=U(),c=U(),[u,d]=x(!1),[l,f]=x(null),[m,i]=S(),_=ve($=>{c.current=$,$?.focus()},[]);async function h($){f(null);try{let v=await yt(e,$,c.current?.value);return f(v),v}catch(v){throw f(v.answer),v.code?.startsWith("passphrase-")&&d(!0),v}}async function P($){$.preventDefault();let v=[...r.current.files];if(v.length===0){I("Choose a file first.","bad"),r.current.focus();return}if(!await i(()=>h(v))){c.current?.select();return}r.current.value="",d(!1),a()}return s`
    <form class="upload" onSubmit=${P}>
      <label>${t}<input type="file" ref=${r} multiple=${n} onChange=${()=>d(!1)} /></label>
      ${u&&s`<label>Passphrase of the file<input type="password" ref=${_} autocomplete="off" /></label>`}
      <button disabled=${m}>${m?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
    <${xt} answer=${l} />
  `}function F({label:e,question:t,yes:o,busy:n,act:a}){let[r,c]=x(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),a()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var je=10,De=({label:e,name:t,autocomplete:o,field:n,hint:a})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${a&&t+"-hint"} />
  </label>
  ${a&&s`<p class="hint below" id=${t+"-hint"}>${a}</p>`}
`;function go({chosen:e,again:t}){let o=[...e.value].length;return o<je?`The new password has ${o} characters; it needs at least ${je}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function Ct({ended:e,done:t}){let[o,n]=x(!1),[a,r]=S(),c=U(),u=U();L(()=>(o?u:c).current.focus(),[o]);async function d(l){l.preventDefault();let f=l.target,m=o?go(f):"";if(m){I(m,"bad"),u.current.focus();return}let i={password:f.password.value};o&&(i.new_password=f.chosen.value),await r(async()=>{try{t((await b("POST","session",{json:i})).csrf)}catch(_){if(_.code==="choose-password"&&!o)return n(!0);throw c.current.select(),_}})}return s`
    <${A}>Log In<//>
    ${e&&s`<${C} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${d}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${De} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${De} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+je+" characters."} />
        <${De} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${a}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var Tt=e=>(e/1e3).toFixed(1)+" ms",bo=({toServer:e})=>s`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,wo=({size:e,at_us:t,since_last_us:o})=>[e>0&&e+" octets",Tt(t),o>0&&"+"+Tt(o)].filter(Boolean).join(", "),ko=({values:e,count:t})=>e.map(o=>p(o)).join(", ")+(t>e.length?` and ${t-e.length} more`:""),So=({facts:e,open:t})=>s`
  <details class="known" open=${t}>
    <summary>What is known of it</summary>
    <${O} rows=${e.map(o=>[p(o.name),s`<bdi>${ko(o)}</bdi>`])} />
  </details>
`,xo=({encrypted:e,readable:t=!0,failing:o})=>["rung",e&&"encrypted",!t&&"unread",o&&"failing"].filter(Boolean).join(" "),At=({step:e})=>s`
  <li class=${xo(e)}>
    <p class="rung-name">
      ${e.number&&s`<span class="number">${p(e.number)}</span>`}
      <strong>${p(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">${e.readable===!1?"encrypted, not read":"encrypted"}</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${bo} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${p(e.note)}</span>`}
      <span class="quiet">${wo(e)}</span>
    </p>
    ${e.facts?.length>0&&s`<${So} facts=${e.facts} open=${e.failing} />`}
  </li>
`,Co=({step:e})=>s`
  <li class="from-here"><p>From here on (${p(e.number||e.name)}) the connection is encrypted</p></li>
`,To=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>s`
        <${K} key=${n}>
          ${n===t&&s`<${Co} step=${o} />`}
          <${At} step=${o} />
        <//>
      `)}
  </ol>
`,We=({sip:e})=>s`
  <h3>SIP</h3>
  <ol class="ladder" aria-label="SIP messages">
    ${e.messages.map((t,o)=>s`
        <${K} key=${o}>
          ${e.left_out>0&&o===e.left_out_before&&s`<li class="from-here"><p>${e.left_out} more</p></li>`}
          <${At} step=${t} />
        <//>
      `)}
  </ol>
`,Ao=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",Pt=({ladder:e,role:t,server:o})=>s`
  <${O} rows=${[["Result",p(e.result)],["Version",p(e.version)],["Cipher",p(e.cipher_suite)],["Key exchange",e.key_exchange&&p(e.key_exchange)+"; "+Ao(e)],["Closed",e.closing&&p(e.closing)]]} />
  ${e.remarks?.map((n,a)=>s`<p class="remark" key=${a}>${p(n)}</p>`)}
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?p(o):"This phone"}</span>
          <span>${t==="server"?"This phone":p(o)}</span>
        </div>
        <${To} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
  ${e.sip&&s`<${We} sip=${e.sip} />`}
`;var Po=3e3,Eo={registered:{word:"Registered",tone:"good"},registering:{word:"Registering",tone:"plain"},refused:{word:"Refused",tone:"bad"},failed:{word:"Failed",tone:"bad"},"waiting-for-permission":{word:"Waits for permission",tone:"warn"},off:{word:"Off",tone:"plain"}},Ro=({state:e})=>{let{word:t,tone:o}=Eo[e]??{word:p(e),tone:"warn"};return s`<span class=${"decision "+o}>${t}</span>`},No=({account:e})=>s`
  <section class="card">
    <h2>Account ${e.number}: <${k} text=${e.label} /></h2>
    <p><${Ro} state=${e.state} /></p>
    <p>${p(e.says)}</p>
    <${O} rows=${[["Address",s`<${k} text=${e.address} />`],["Server",e.server&&s`<${k} text=${e.server} />`],["Transport",e.transport&&e.transport+(e.tls_version?", "+e.tls_version:"")],["Certificate",e.decision&&s`<${q} decision=${e.decision} />`],["Lock",e.lock?"shown: encrypted, and the server is known":void 0],["Registered Until",e.until&&y(e.until)],["Next Try",e.next_try&&y(e.next_try)],["New Voice Messages",e.waiting_messages||void 0]]} />
    ${e.sip&&s`<details><summary>What was said</summary><${We} sip=${e.sip} /></details>`}
  </section>
`;function Lo({reload:e}){let[t,o]=S();async function n(){await o(()=>b("PUT","settings",{json:{"sealtone.register":"1"}}))&&e()}return s`
    <${C} tone="warn" title="An account came with a fetched file">
      <p>It registers only once you allow that: a desk phone that uses the same account may lose its calls to this one.</p>
      <${F} label="Let It Register…" question="Register accounts of fetched files, and maybe take a desk phone's calls?" yes="Register" busy=${t} act=${n} />
    <//>
  `}var Io=({events:e})=>s`
  <section class="card">
    <h2>What happened</h2>
    <ul class="events">
      ${e.toReversed().map((t,o)=>s`<li key=${e.length-o}><span class="quiet">${y(t.at)}, account ${t.account}</span> ${p(t.says)}</li>`)}
    </ul>
  </section>
`,Oo=({sip:e,reload:t})=>s`
  ${e.accounts.some(o=>o.state==="waiting-for-permission")&&s`<${Lo} reload=${t} />`}
  ${e.accounts.length===0&&s`<section class="card"><p class="empty">This phone has no SIP account. Set account.1.enable, account.1.user_name, account.1.password and account.1.sip_server.1.address with sealtone set, or in the phone's configuration file.</p></section>`}
  ${e.accounts.map(o=>s`<${No} key=${o.number} account=${o} />`)}
  ${e.events.length>0&&s`<${Io} events=${e.events} />`}
`;function Et(){let e=R("sip");return L(()=>{let t=setInterval(()=>document.hidden||e.reload(),Po);return()=>clearInterval(t)},[e.reload]),s`
    <${A} group="Account">Register<//>
    <${N} from=${e}>${t=>s`<${Oo} sip=${t} reload=${e.reload} />`}<//>
  `}var Rt=e=>e.map(p).join(", "),Uo=({kind:e,value:t,shown:o})=>e==="dns"||e==="ip"?o??t:e+" "+t,Fo=({shown:e})=>s`
  ${p(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${p(e.pem,!0)}</pre></details>`}
`,H=({certificate:e})=>s`
  <${O} rows=${[["Issued To",s`<${k} text=${e.subject.text} />`],["Issued By",s`<${k} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${J(e.serial_number)}</code>`],["Valid From",y(e.not_before)],["Valid Until",y(e.not_after)+" ("+be(e.days_left)+")"],["Names",Rt(e.names.map(Uo))||"none"],["Public Key",s`<${Fo} shown=${e.public_key} />`],["Signature",p(e.signature_algorithm)],["Usages",Rt([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${p(e.sha256)}</code>`]]} />
`,B=({subject:e})=>p(e.common_name||e.organization||e.text);var Do=["sent","trusted","missing"],jo={server:"the server's own",client:"the client's own"},Wo=({kind:e,role:t,note:o})=>[e==="missing"?"missing":jo[t]??p(t),e==="trusted"&&"trusted",p(o)].filter(Boolean).join("; "),Ho=(e,t)=>e[t-1].kind==="missing"?"perhaps issued by":"issued by",Nt=({chain:e})=>s`
  <ol class="chain" aria-label="Chain of certificates">
    ${e.map((t,o)=>s`
        <li class=${Do.includes(t.kind)?t.kind:"sent"} key=${o}>
          ${o>0&&s`<p class="joint">${Ho(e,o)}</p>`}
          <div class="link">
            <strong><${k} text=${t.name} /></strong>
            <p>${Wo(t)}</p>
          </div>
        </li>
      `)}
  </ol>
`;var Mo=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${p(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${p(e.sha256)}</code></span>`}
  </p>
`,qo=({finding:e,said:t})=>{let{fix:o,hint:n}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${p(e.says)}</p>`}
      ${(o?.say||n)&&s`<p><strong>Next step:</strong> ${p(o?.say||n)}</p>`}
      ${o?.pem&&s`<${Mo} fix=${o} />`}
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
  `},Se=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>s`<${qo} key=${n} finding=${o} said=${o.says===e} />`);var Lt=({path:e,name:t,children:o})=>s`
  <p class="download"><a class="button" download=${t} href=${"/api/"+e}>${o}</a></p>
`,It="For Wireshark, as a pcapng file. Without the session keys nobody reads in it what was encrypted; with them it is written on the phone itself:",Ot=({id:e,kept:t})=>s`
  <section class="card">
    <h2>What went over the wire</h2>
    ${t?s`
          <p>${It} <code>sealtone connections save ${e} FILE --with-keys</code></p>
          <${Lt} path=${`connections/${e}/capture`} name=${`sealtone-connection-${e}.pcapng`}>Save as Capture File<//>
        `:s`<p class="quiet">Its octets are no longer kept: the phone keeps those of its newest connections, until it stops.</p>`}
  </section>
`,Ut=()=>s`
  <section class="card">
    <h2>What went over the wire</h2>
    <p>${It} <code>sealtone connections save --all FILE --with-keys</code></p>
    <${Lt} path="capture" name="sealtone-connections.pcapng">Save All as Capture File<//>
  </section>
`;var Bo=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>s`
        <details key=${n} open=${n===0}>
          <summary>${B(o)}</summary>
          <${H} certificate=${o} />
        </details>
      `)}
  </section>
`,Vo=({shown:e})=>s`
  <${C} tone=${we(e.verdict.decision).tone}>
    <p class="notice-title">
      <${q} decision=${e.verdict.decision} /> <${k} text=${e.server} />
    </p>
    <p>${p(e.verdict.headline)}</p>
    <p class="quiet">${y(e.at)}, ${p(e.service)}; the phone was the ${p(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&s`<section class="card">
    <h2>What was found</h2>
    <${Se} verdict=${e.verdict} />
  </section>`}
  ${e.own_certificate&&s`<section class="card">
    <h2>This phone's certificate</h2>
    <p>${p(e.own_certificate.says)}</p>
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${Pt} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.handshake.chain?.length>0&&s`<section class="card">
    <h2>From its certificate to the root</h2>
    <${Nt} chain=${e.handshake.chain} />
  </section>`}
  ${e.certificates.length>0&&s`<${Bo} certificates=${e.certificates} role=${e.role} />`}
  <${Ot} id=${e.id} kept=${e.octets_kept} />
`;function Ft({argument:e}){let t=R("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${N} from=${t}>${o=>s`<${Vo} shown=${o} />`}<//>
  `}var Go=["Server","Service","Verdict","When"],Ko=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${k} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)} <span class="life">phone was the ${p(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${q} decision=${e.decision} /><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${y(e.at)}</td>
  </tr>
`,Yo=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${Go.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${Ko} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Dt(){let e=R("connections");return s`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${N} from=${e}>${({connections:t})=>s`<${Yo} rows=${t} />`}<//>
    </section>
    ${e.data?.connections.some(t=>t.octets_kept)&&s`<${Ut} />`}
  `}var jt=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(o=>s`<li>${p(o)}</li>`)}</ul>`,zo=({file:e,summary:t})=>s`
  <li>
    <p><strong><${k} text=${e.url} /></strong> <span class="quiet">${p(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${p(e.says)}</p>`}
    <${jt} title="Mistakes" lines=${e.mistakes} />
    <${jt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${Y(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,Xo=({connection:e})=>s`
  <li>
    <p><${q} decision=${e.verdict.decision} /> <strong><${k} text=${e.server} /></strong></p>
    <p>${p(e.verdict.headline)}</p>
    <${Se} verdict=${e.verdict} />
  </li>
`,Wt=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${C} tone=${e.applied?"good":"bad"} title=${p(e.summary)} />
    ${e.warnings.map(t=>s`<${C} tone="warn"><p>${p(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${zo} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>s`<${Xo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var z="static.auto_provision.server.",Jo=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function Zo({settings:e,reload:t}){let[o,n]=S(),a=U(),r=e[z+"password"]?.set;async function c(d){await n(()=>b("PUT","settings",{json:d}))&&(a.current.password.value="",t())}function u(d){d.preventDefault();let{url:l,user:f,password:m}=a.current,i={url:e[z+"url"]?.value,username:e[z+"username"]?.value,password:""},_={url:l.value.trim(),username:f.value,password:m.value},h=Object.keys(_).filter($=>_[$]!==(i[$]??""));if(h.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let P=Object.fromEntries(h.map($=>[z+$,_[$]]));return c(P)}return s`
    <form class="card" ref=${a} onSubmit=${u} autocomplete="off">
      <h2>Provisioning server</h2>
      <label>Server URL
        <input name="url" type="text" inputmode="url" autocomplete="off" spellcheck=${!1} placeholder="https://prov.example.com/phones/"
          value=${e[z+"url"]?.value} />
      </label>
      <label>User Name
        <input name="user" type="text" autocomplete="off" spellcheck=${!1} value=${e[z+"username"]?.value} />
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
        ${r&&s`<${F} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[z+"password"]:null})} />`}
      </div>
    </form>
  `}function Qo(){let[e,t]=x(),[o,n]=S();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let r=await b("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${Wt} report=${e} />`}
  `}function Ht(){let e=R("settings");return s`
    <${A} group="Settings">Auto Provision<//>
    <${N} from=${e}>
      ${t=>s`<${Zo} settings=${Jo(t)} reload=${e.reload} />`}
    <//>
    <${Qo} />
  `}var es=["Server","Service","Why","When"],ts=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/security/rejected/"+e.id}><${k} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)}</td>
    <td role="cell" data-label="Why"><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${y(e.at)}</td>
  </tr>
`,os=({rows:e})=>e.length===0?s`<p class="empty">No server was refused for its certificate. One that is accepted later is taken off this list.</p>`:s`
        <table role="table">
          <caption class="unseen">Rejected servers</caption>
          <thead role="rowgroup">
            <tr role="row">${es.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${ts} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Mt(){let e=R("rejected");return s`
    <${A} group="Security">Rejected Servers<//>
    <section class="card">
      <${N} from=${e}>${({rejected:t})=>s`<${os} rows=${t} />`}<//>
    </section>
  `}function ss({shown:e,reload:t}){let o=U(),[n,a]=S();async function r(c){c.preventDefault();let u=o.current.value.trim();if(!u)return I("Type or paste the SHA-256 that the certificate's owner gave you.","bad"),o.current.focus();await a(()=>b("POST","rejected/"+e.id+"/trust",{json:{sha256:u}}))?(o.current.value="",t()):o.current.select()}return s`
    <form onSubmit=${r}>
      <label>SHA-256, as its owner gives it out<input type="text" ref=${o} autocomplete="off" spellcheck="false" size="60" /></label>
      <p class="hint">All of it, or the first 16 octets. Have it from the owner by another way than this connection: somebody in between would show you his own here.</p>
      <p class="buttons"><button disabled=${n}>Trust This Issuer</button></p>
    </form>
  `}var ns=({shown:e,reload:t})=>s`
  <${C} tone="bad">
    <p class="notice-title"><${k} text=${e.server} /></p>
    <p>${p(e.headline)}</p>
    <p class="quiet">${y(e.at)}, ${p(e.service)}</p>
  <//>
  <section class="card">
    <h2>Trust this issuer</h2>
    <p>${p(e.trust.says)}</p>
    ${e.trust.certificate&&s`
      <details>
        <summary>${B(e.trust.certificate)}</summary>
        <${H} certificate=${e.trust.certificate} />
      </details>
      <${ss} shown=${e} reload=${t} />
    `}
  </section>
  ${(e.certificates.length>0||e.unreadable>0)&&s`<section class="card">
    <h2>Certificates that the server sent</h2>
    ${e.unreadable>0&&s`<p>${e.unreadable} of what it sent as certificates cannot be read.</p>`}
    ${e.certificates.map((o,n)=>s`
        <details key=${n}>
          <summary>${B(o)}</summary>
          <${H} certificate=${o} />
        </details>
      `)}
  </section>`}
`;function qt({argument:e}){let t=R("rejected/"+e);return s`
    <p><a href="#/security/rejected">All rejected servers</a></p>
    <${A} group="Security">Rejected Server<//>
    <${N} from=${t}>${o=>s`<${ns} shown=${o} reload=${t.reload} />`}<//>
  `}function rs({row:e,reload:t}){let[o,n]=S(),a=async()=>await n(()=>b("DELETE","revocation-lists/"+e.id))&&t();return s`
    <section class="card">
      <h2><${k} text=${e.issuer} /></h2>
      ${e.remark&&s`<p class="bad-text">${p(e.remark)}</p>`}
      <${O} rows=${[["Of",y(e.this_update)],["Until",e.next_update?y(e.next_update):"no date given"],["Revoked",String(e.entries)],["Kind",e.delta?"changes to another list":""],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Added",y(e.added)+", "+p(e.origin)]]} />
      <${F} label="Delete" question="What this list revokes will be revoked no more." yes="Delete it"
        busy=${o} act=${a} />
    </section>
  `}function as({required:e,reload:t}){let[o,n]=S();return s`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${e} disabled=${o} onChange=${async r=>{let c={"sealtone.security.revocation_required":r.target.checked?"1":"0"};await n(()=>b("PUT","settings",{json:c})),t()}} />
      <span>Refuse What Is Not Known</span>
      <span class="hint">On: a server is refused if neither a list here nor an answer that it sends along (OCSP) covers its certificates. Off: only if one of them calls a certificate revoked.</span>
    </label>
  `}var is=({shown:e,reload:t})=>s`
  <section class="card">
    <h2>Lists of revoked certificates</h2>
    ${e.lists.length===0&&s`<p class="empty">No list yet. None is fetched: get them from your servers' authority.</p>`}
    <${Z} path="revocation-lists" label="Revocation list file" done=${t}
      hint="A .crl or .pem file. A newer list of the same authority takes the place of the one before." />
    <${as} required=${e.required} reload=${t} />
  </section>
  ${e.lists.map(o=>s`<${rs} key=${o.id} row=${o} reload=${t} />`)}
`;function Bt(){let e=R("revocation-lists");return s`
    <${A} group="Security">Revocation Lists<//>
    <${N} from=${e}>${t=>s`<${is} shown=${t} reload=${e.reload} />`}<//>
  `}var Vt=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${p(t.says)}`:""}</span>
  </li>
`;function cs({previous:e,reload:t}){let[o,n]=S();async function a(){await n(()=>b("POST","server-certificate/undo"))&&t()}async function r(){await n(()=>b("DELETE","server-certificate/previous"))&&t()}return s`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${B(e.certificate)}, uploaded ${y(e.added)}</summary>
        <${H} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${a}>Go Back to the Previous Certificate</button>
        <${F} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${r} />
      </p>
    </section>
  `}function ls({shown:e,reload:t}){let[o,n]=S();async function a(){await n(()=>b("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${C} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${H} certificate=${e.certificate} />
      <ul class="uses">
        <${Vt} title="As server certificate" use=${e.usable_as_server} />
        <${Vt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${B(r)}</summary><${H} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${F} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${a} />`}
    </section>
    ${e.previous&&s`<${cs} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${Z} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Gt(){let e=R("server-certificate");return s`
    <${A} group="Security">Server Certificates<//>
    <${N} from=${e}>${t=>s`<${ls} shown=${t} reload=${e.reload} />`}<//>
  `}var Q=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,ps=({status:e,reload:t})=>s`
  ${e.clock.unset&&s`<${C} tone="bad" title="The phone's clock was never set">
    <p>${p(e.clock.says)}</p>
    ${e.clock.waits&&s`<p>${p(e.clock.waits)}</p>`}
    ${e.clock.time_server&&s`<p>${p(e.clock.time_server)}</p>`}
    ${e.clock.floor>e.clock.lowest_floor&&s`<${us} clock=${e.clock} reload=${t} />`}
  <//>`}
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${Q("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&s`<${C} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${Q("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.pnp&&s`<${C} tone="bad" title="This phone asks anybody where its configuration is">
    <p>PnP is on (sealtone.pnp.enable): at each start, whoever answers at ${p(e.pnp)} names the server, and nobody vouches for it. The server is judged as any other.</p>
    <p>Enter the server's URL under ${Q("settings/provision","Settings > Auto Provision")}, and switch PnP off: <code>sealtone set sealtone.pnp.enable 0</code></p>
  <//>`}
  ${e.page_certificate_temporary&&s`<${C} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${Q("security/server","Security > Server Certificates")}.</p>
  <//>`}
`;function us({clock:e,reload:t}){let[o,n]=S();async function a(){await n(()=>b("PUT","clock/floor",{json:{to:e.lowest_floor}}))&&t()}return s`<${F} label="Lower the Floor…" question=${"Is the clock right, and has it not been "+y(e.floor)+" yet?"} yes="Lower it" busy=${o} act=${a} />`}var ds=({status:e,reload:t})=>s`
  <${ps} status=${e} reload=${t} />
  <section class="card">
    <h2>Phone</h2>
    <${O} rows=${[["Version",p(e.version)],["MAC",s`<code>${p(e.mac)}</code>`],["Page",e.page_urls.map(o=>s`<div>${p(o)}</div>`)],["Clock",y(e.clock.now)+(e.clock.by_time_server?", as a time server told it":"")]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${O} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":s`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ke[e.list]],["Uploaded",Q("security/trusted",Y(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":s`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${O} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":p(e.page_certificate.subject.text)],["Serial Number",s`<code>${J(e.page_certificate.serial_number)}</code>`],["Valid Until",y(e.page_certificate.not_after)+" ("+be(e.page_certificate.days_left)+")"],["SHA-256",s`<code>${p(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${p(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&s`<p class="quiet">${y(e.provisioning.at)}</p>`}
    <p>${Q("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Kt(){let e=R("status");return s`
    <${A}>Status<//>
    <${N} from=${e}>${t=>s`<${ds} status=${t} reload=${e.reload} />`}<//>
  `}var fs={default:"0",custom:"1",all:"2"},_s={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},ae=({label:e,hint:t,on:o,change:n})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${a=>n(a.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Yt({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:a}=e,{rules:r,sip_address_names:c,sip_wildcards:u}=e,[d,l]=x(e),[f,m]=S(),i=h=>l({...d,...h});L(()=>l(e),[o,n,a,r,c,u]);async function _(h){h.preventDefault();let P={"static.security.trust_certificates":d.only_accept_trusted?"1":"0","static.security.ca_cert":fs[d.list],"static.security.cn_validation":d.check_name?"1":"0","sealtone.security.rules":d.rules,"sealtone.security.sip_address_names":d.sip_address_names?"1":"0","sealtone.security.sip_wildcards":d.sip_wildcards?"1":"0"};await m(()=>b("PUT","settings",{json:P}))&&t()}return s`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${ae} label="Only Accept Trusted Certificates" on=${d.only_accept_trusted}
        change=${h=>i({only_accept_trusted:h})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ke).map(([h,P])=>s`
            <label class="choice" key=${h}>
              <input type="radio" name="list" value=${h} checked=${d.list===h} onChange=${()=>i({list:h})} />
              <span>${P}</span><span class="hint">${_s[h]}</span>
            </label>
          `)}
      </fieldset>
      <${ae} label="Common Name Validation" on=${d.check_name} change=${h=>i({check_name:h})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <${ae} label="Rules for Public Web Servers" on=${d.rules==="strict"}
        change=${h=>i({rules:h?"strict":"default"})}
        hint="On: certificates have to keep the rules of the CA/Browser Forum besides those of RFC 5280; those of an authority of your own seldom do." />
      <${ae} label="Addresses as Names of SIP Servers" on=${d.sip_address_names}
        change=${h=>i({sip_address_names:h})}
        hint="On: a SIP server that is reached by an address may have it in its certificate (iPAddress). Off: as RFC 5922 has it, an address is no name." />
      <${ae} label="Wildcards in Names of SIP Servers" on=${d.sip_wildcards}
        change=${h=>i({sip_wildcards:h})}
        hint="On: *.example.com in a certificate stands for pbx.example.com, which RFC 5922 forbids. Off: names are compared whole." />
      <p class="buttons">
        <button disabled=${f}>Confirm</button>
        <button type="button" class="plain" disabled=${f} onClick=${()=>l(e)}>Cancel</button>
      </p>
    </form>
  `}var hs=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${O} rows=${[["Serial Number",s`<code>${J(e.serial)}</code>`],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Valid Until",y(e.expires)],["Added",y(e.added)+", "+p(e.origin)]]} />
  </details>
`,ms=({row:e,marked:t,mark:o})=>s`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${k} text=${e.issued_to} /></span><${hs} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${k} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${St(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${p(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+p(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,$s=["Index","Issued To","Issued By","Expiration","Delete"];function ys({rows:e,reload:t}){let[o,n]=x([]),[a,r]=S(),c=(d,l)=>n(o.filter(f=>f!==d).concat(l?d:[]));async function u(){if(o.length===0)return I("Mark the certificates to delete first.","bad");await r(async()=>{for(let d of o)await b("DELETE","trusted/"+d);return{says:Y(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${$s.map(d=>s`<th role="columnheader" scope="col">${d}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(d=>s`<${ms} key=${d.id} row=${d} marked=${o.includes(d.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${a} onClick=${u}>Delete Marked</button></p>
  `}var vs=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${ys} rows=${e.certificates} reload=${t} />
    <p class="quiet">${e.certificates.length} of at most ${e.limit}.</p>
    <${Z} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all, or none." />
  </section>
  <${Yt} trusted=${e} reload=${t} />
`;function zt(){let e=R("trusted");return s`
    <${A} group="Security">Trusted Certificates<//>
    <${N} from=${e}>${t=>s`<${vs} trusted=${t} reload=${e.reload} />`}<//>
  `}var ie=[{path:"status",title:"Status",Page:Kt},{path:"account/register",group:"Account",title:"Register",Page:Et},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:zt},{path:"security/rejected",group:"Security",title:"Rejected Servers",Page:Mt},{path:"security/server",group:"Security",title:"Server Certificates",Page:Gt},{path:"security/revocation",group:"Security",title:"Revocation Lists",Page:Bt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Ht},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Dt}];function gs(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);if(o)return{path:"diagnostics/connections",title:"Connection",Page:Ft,argument:o[1]};let n=/^security\/rejected\/(\d+)$/.exec(t);return n?{path:"security/rejected",title:"Rejected Server",Page:qt,argument:n[1]}:ie.find(a=>a.path===t)??ie[0]}function Xt(){let[e,t]=x(location.hash);return L(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),gs(e)}var bs=[...new Set(ie.map(e=>e.group))],ws=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${ie.filter(o=>o.group===e).map(o=>s`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Jt({at:e}){let[t,o]=x(!1);return L(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${bs.map(n=>s`<${ws} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Zt=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&s`<p>${p(o)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function ks(){let[e,t]=x("asking");return L(()=>{$t(()=>{re(""),t(o=>o==="in"?"ended":o)}),b("GET","session").then(o=>{re(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>I(o.message,"bad"))},[]),[e,t]}function Ss(){let[e,t]=x({text:""});gt(t);let[o,n]=ks(),a=Xt(),r=U(),c=U(location.hash),u=o==="in";L(()=>{document.title=(u?a.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function d(m){re(m),t({text:""}),n("in")}async function l(){try{await b("DELETE","session")}catch(m){if(m.status!==401)return I(m.message,"bad")}re(""),n("out"),I("You are logged out.")}function f(m){m.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${f}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Jt} at=${a.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${Zt} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${a.Page} key=${a.path+a.argument} argument=${a.argument} />`}
      ${(o==="out"||o==="ended")&&s`<${Ct} ended=${o==="ended"} done=${d} />`}
    </main>
  `}st(s`<${Ss} />`,document.getElementById("page"));})();
