// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var he,g,Be,Xt,M,He,Ve,Ge,xe,le,te,Ke,Ee,Ce,Te,Jt,de={},fe=[],Zt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,me=Array.isArray;function j(e,t){for(var o in t)e[o]=t[o];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Pe(e,t,o){var n,a,r,c={};for(r in t)r=="key"?n=t[r]:r=="ref"?a=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?he.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return ue(e,c,n,a,null)}function ue(e,t,o,n,a){var r={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:a??++Be,__i:-1,__u:0};return a==null&&g.vnode!=null&&g.vnode(r),r}function z(e){return e.children}function pe(e,t){this.props=e,this.context=t}function V(e,t){if(t==null)return e.__?V(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?V(e):null}function Qt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],a=[],r=j({},t);r.__v=t.__v+1,g.vnode&&g.vnode(r),Ne(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??V(t),!!(32&t.__u),a),r.__v=t.__v,r.__.__k[r.__i]=r,Ze(n,r,a),t.__e=t.__=null,r.__e!=o&&Ye(r)}}function Ye(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ye(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||He!=g.debounceRendering)&&((He=g.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,Qt(e)}finally{M.length=_e.__r=0}}function ze(e,t,o,n,a,r,c,u,d,l,f){var _,i,h,v,L,m,$=n&&n.__k||fe,y=t.length;for(d=eo(o,t,$,d,y),_=0;_<y;_++)(h=o.__k[_])!=null&&(i=h.__i!=-1&&$[h.__i]||de,h.__i=_,m=Ne(e,h,i,a,r,c,u,d,l,f),v=h.__e,h.ref&&i.ref!=h.ref&&(i.ref&&Le(i.ref,null,h),f.push(h.ref,h.__c||v,h)),L==null&&v!=null&&(L=v),4&h.__u?(d=Xe(h,d,e),i.__e&&(i.__e=null)):typeof h.type=="function"&&m!==void 0?d=m:v&&(d=v.nextSibling),h.__u&=-7);return o.__e=L,d}function eo(e,t,o,n,a){var r,c,u,d,l,f=o.length,_=f,i=0;for(e.__k=new Array(a),r=0;r<a;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=ue(null,c,null,null,null):me(c)?c=e.__k[r]=ue(z,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=ue(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,d=r+i,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=to(c,o,d,_))!=-1&&(_--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(a>f?i--:a<f&&i++),typeof c.type!="function"&&(c.__u|=4)):l!=d&&(l==d-1?i--:l==d+1?i++:(l>d?i--:i++,c.__u|=4))):e.__k[r]=null;if(_)for(r=0;r<f;r++)(u=o[r])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=V(u)),et(u,u));return n}function Xe(e,t,o){var n,a;if(typeof e.type=="function"){for(n=e.__k,a=0;n&&a<n.length;a++)n[a]&&(n[a].__=e,t=Xe(n[a],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=V(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function to(e,t,o,n){var a,r,c,u=e.key,d=e.type,l=t[o],f=l!=null&&(2&l.__u)==0;if(l===null&&u==null||f&&u==l.key&&d==l.type)return o;if(n>(f?1:0)){for(a=o-1,r=o+1;a>=0||r<t.length;)if((l=t[c=a>=0?a--:r++])!=null&&(2&l.__u)==0&&u==l.key&&d==l.type)return c}return-1}function Me(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||Zt.test(t)?o:o+"px"}function ce(e,t,o,n,a){var r,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||Me(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||Me(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(Ke,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=o,o?n?o[te]=n[te]:(o[te]=Ee,e.addEventListener(t,r?Te:Ce,r)):e.removeEventListener(t,r?Te:Ce,r);else{if(a=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function qe(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[le]==null)t[le]=Ee++;else if(t[le]<o[te])return;return o(g.event?g.event(t):t)}}}function Ne(e,t,o,n,a,r,c,u,d,l){var f,_,i,h,v,L,m,$,y,U,Q,B,ee,je,ie,Se,F=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(d=!!(32&o.__u),r=[u=t.__e=o.__e]),(f=g.__b)&&f(t);e:if(typeof F=="function"){_=c.length;try{if(y=t.props,U=F.prototype&&F.prototype.render,Q=(f=F.contextType)&&n[f.__c],B=f?Q?Q.props.value:f.__:n,o.__c?$=(i=t.__c=o.__c).__=i.__E:(U?t.__c=i=new F(y,B):(t.__c=i=new pe(y,B),i.constructor=F,i.render=no),Q&&Q.sub(i),i.state||(i.state={}),i.__n=n,h=i.__d=!0,i.__h=[],i._sb=[]),U&&i.__s==null&&(i.__s=i.state),U&&F.getDerivedStateFromProps!=null&&(i.__s==i.state&&(i.__s=j({},i.__s)),j(i.__s,F.getDerivedStateFromProps(y,i.__s))),v=i.props,L=i.state,i.__v=t,h)U&&F.getDerivedStateFromProps==null&&i.componentWillMount!=null&&i.componentWillMount(),U&&i.componentDidMount!=null&&i.__h.push(i.componentDidMount);else{if(U&&F.getDerivedStateFromProps==null&&y!==v&&i.componentWillReceiveProps!=null&&i.componentWillReceiveProps(y,B),t.__v==o.__v||!i.__e&&i.shouldComponentUpdate!=null&&i.shouldComponentUpdate(y,i.__s,B)===!1){t.__v!=o.__v&&(i.props=y,i.state=i.__s,i.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(Y){Y&&(Y.__=t)}),fe.push.apply(i.__h,i._sb),i._sb=[],i.__h.length&&c.push(i),u=V(o);break e}i.componentWillUpdate!=null&&i.componentWillUpdate(y,i.__s,B),U&&i.componentDidUpdate!=null&&i.__h.push(function(){i.componentDidUpdate(v,L,m)})}if(i.context=B,i.props=y,i.__P=e,i.__e=!1,ee=g.__r,je=0,U)i.state=i.__s,i.__d=!1,ee&&ee(t),f=i.render(i.props,i.state,i.context),fe.push.apply(i.__h,i._sb),i._sb=[];else do i.__d=!1,ee&&ee(t),f=i.render(i.props,i.state,i.context),i.state=i.__s;while(i.__d&&++je<25);i.state=i.__s,i.getChildContext!=null&&(n=j(j({},n),i.getChildContext())),U&&!h&&i.getSnapshotBeforeUpdate!=null&&(m=i.getSnapshotBeforeUpdate(v,L)),ie=f!=null&&f.type===z&&f.key==null?Qe(f.props.children):f,u=ze(e,me(ie)?ie:[ie],t,o,n,a,r,c,u,d,l),i.base=t.__e,t.__u&=-161,i.__h.length&&c.push(i),$&&(i.__E=i.__=null)}catch(Y){if(c.length=_,t.__v=null,d||r!=null){if(Y.then){for(t.__u|=d?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(Se=r.length;Se--;)Ae(r[Se])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),Y.then||Je(t),g.__e(Y,t,o)}}else r==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=oo(o.__e,t,o,n,a,r,c,d,l);return(f=g.diffed)&&f(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);g.__c&&g.__c(t,e),e.some(function(a){try{e=a.__h,a.__h=[],e.some(function(r){r.call(a)})}catch(r){g.__e(r,a.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:me(e)?e.map(Qe):e.constructor!==void 0?null:j({},e)}function oo(e,t,o,n,a,r,c,u,d){var l,f,_,i,h,v,L,m=o.props||de,$=t.props,y=t.type;if(y=="svg"?a="http://www.w3.org/2000/svg":y=="math"?a="http://www.w3.org/1998/Math/MathML":a||(a="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((h=r[l])&&"setAttribute"in h==!!y&&(y?h.localName==y:h.nodeType==3)){e=h,r[l]=null;break}}if(e==null){if(y==null)return document.createTextNode($);e=document.createElementNS(a,y,$.is&&$),u&&(g.__m&&g.__m(t,r),u=!1),r=null}if(y==null)m===$||u&&e.data==$||(e.data=$);else{if(r=y=="textarea"&&$.defaultValue!=null?null:r&&he.call(e.childNodes),!u&&r!=null)for(m={},l=0;l<e.attributes.length;l++)m[(h=e.attributes[l]).name]=h.value;for(l in m)h=m[l],l=="dangerouslySetInnerHTML"?_=h:l=="children"||l in $||l=="value"&&"defaultValue"in $||l=="checked"&&"defaultChecked"in $||ce(e,l,null,h,a);for(l in $)h=$[l],l=="children"?i=h:l=="dangerouslySetInnerHTML"?f=h:l=="value"?v=h:l=="checked"?L=h:u&&typeof h!="function"||m[l]===h||ce(e,l,h,m[l],a);if(f)u||_&&(f.__html==_.__html||f.__html==e.innerHTML)||(e.innerHTML=f.__html),t.__k=[];else if(_&&(e.innerHTML=""),ze(t.type=="template"?e.content:e,me(i)?i:[i],t,o,n,y=="foreignObject"?"http://www.w3.org/1999/xhtml":a,r,c,r?r[0]:o.__k&&V(o,0),u,d),r!=null)for(l=r.length;l--;)Ae(r[l]);u&&y!="textarea"||(l="value",y=="progress"&&v==null?e.removeAttribute("value"):v!=null&&(v!==e[l]||y=="progress"&&!v||y=="option"&&v!=m[l])&&ce(e,l,v,m[l],a),l="checked",L!=null&&L!=e[l]&&ce(e,l,L,m[l],a))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(a){g.__e(a,o)}}function et(e,t,o){var n,a;if(g.unmount&&g.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(r){g.__e(r,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(a=0;a<n.length;a++)n[a]&&et(n[a],t,o||typeof e.type!="function");o||Ae(e.__e),e.__c=e.__=e.__e=void 0}function no(e,t,o){return this.constructor(e,o)}function tt(e,t,o){var n,a,r,c;t==document&&(t=document.documentElement),g.__&&g.__(e,t),a=(n=typeof o=="function")?null:o&&o.__k||t.__k,r=[],c=[],Ne(t,e=(!n&&o||t).__k=Pe(z,null,[e]),a||de,de,t.namespaceURI,!n&&o?[o]:a?null:t.firstChild?he.call(t.childNodes):null,r,!n&&o?o:a?a.__e:t.firstChild,n,c),Ze(r,e,c),e.props.children=null}he=fe.slice,g={__e:function(e,t,o,n){for(var a,r,c;t=t.__;)if((a=t.__c)&&!a.__)try{if((r=a.constructor)&&r.getDerivedStateFromError!=null&&(a.setState(r.getDerivedStateFromError(e)),c=a.__d),a.componentDidCatch!=null&&(a.componentDidCatch(e,n||{}),c=a.__d),c)return a.__E=a}catch(u){e=u}throw e}},Be=0,Xt=function(e){return e!=null&&e.constructor===void 0},pe.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=j({},this.state),typeof e=="function"&&(e=e(j({},o),this.props)),e&&j(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},pe.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},pe.prototype.render=z,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),le="__d"+xe,te="__a"+xe,Ke=/(PointerCapture)$|Capture$/i,Ee=0,Ce=qe(!1),Te=qe(!0),Jt=0;var oe,S,Re,ot,ne=0,ut=[],C=g,nt=C.__b,st=C.__r,rt=C.diffed,at=C.__c,it=C.unmount,ct=C.__;function De(e,t){C.__h&&C.__h(S,e,ne||t),ne=0;var o=S.__H||(S.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function w(e){return ne=1,so(ft,e)}function so(e,t,o){var n=De(oe++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):ft(void 0,t),function(u){var d=n.__N?n.__N[0]:n.__[0],l=n.t(d,u);d!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=S,!S.__f)){var a=function(u,d,l){if(!n.__c.__H)return!0;var f=!1,_=n.__c.props!==u;if(n.__c.__H.__.some(function(h){if(h.__N){f=!0;var v=h.__[0];h.__=h.__N,h.__N=void 0,v!==h.__[0]&&(_=!0)}}),r){var i=r.call(this,u,d,l);return f?i||_:i}return!f||_};S.__f=!0;var r=S.shouldComponentUpdate,c=S.componentWillUpdate;S.componentWillUpdate=function(u,d,l){if(this.__e){var f=r;r=void 0,a(u,d,l),r=f}c&&c.call(this,u,d,l)},S.shouldComponentUpdate=a}return n.__N||n.__}function O(e,t){var o=De(oe++,3);!C.__s&&dt(o.__H,t)&&(o.__=e,o.u=t,S.__H.__h.push(o))}function D(e){return ne=5,pt(function(){return{current:e}},[])}function pt(e,t){var o=De(oe++,7);return dt(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function ye(e,t){return ne=8,pt(function(){return e},t)}function ro(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some($e),t.__h.some(Oe),t.__h=[]}catch(o){t.__h=[],C.__e(o,e.__v)}}}C.__b=function(e){S=null,nt&&nt(e)},C.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},C.__r=function(e){st&&st(e),oe=0;var t=(S=e.__c).__H;t&&(Re===S?(t.__h=[],S.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some($e),t.__h.some(Oe),t.__h=[],oe=0)),Re=S},C.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&ot===C.requestAnimationFrame||((ot=C.requestAnimationFrame)||ao)(ro)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),Re=S=null},C.__c=function(e,t){t.some(function(o){try{o.__h.some($e),o.__h=o.__h.filter(function(n){return!n.__||Oe(n)})}catch(n){t.some(function(a){a.__h&&(a.__h=[])}),t=[],C.__e(n,o.__v)}}),at&&at(e,t)},C.unmount=function(e){it&&it(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{$e(n)}catch(a){t=a}}),o.__H=void 0,t&&C.__e(t,o.__v))};var lt=typeof requestAnimationFrame=="function";function ao(e){var t,o=function(){clearTimeout(n),lt&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);lt&&(t=requestAnimationFrame(o))}function $e(e){var t=S,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),S=t}function Oe(e){var t=S;e.__c=e.__(),S=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function ft(e,t){return typeof t=="function"?t(e):t}var Ie="",_t=()=>{},ve=class extends Error{constructor(t,o,n,a={}){super(o),this.code=t,this.status=n,this.answer=a}},ht=e=>_t=e,se=e=>Ie=e??"";function io(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function co(e){let t=await e.json().catch(()=>({})),{code:o="",says:n}=t;return new ve(o,io(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status,t)}async function b(e,t,{json:o,body:n,headers:a={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...a}};e!=="GET"&&Ie&&(r.headers["X-CSRF-Token"]=Ie),o!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,r)}catch{throw new ve("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await co(c);throw c.status===401&&t!=="session"&&_t(),u}return c.status===204?{}:c.json()}function mt(e,t,o){let n=t.flatMap((a,r)=>r===0?[a]:[`
`,a]);return b("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(a=>a.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var $t=()=>{},yt=e=>$t=e,R=(e,t="good")=>$t({text:e,tone:t});function P(e){let[t,o]=w({}),n=ye(async()=>{try{let a=await b("GET",e);o({path:e,data:a})}catch(a){o({path:e,problem:a})}},[e]);return O(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function x(){let[e,t]=w(!1);async function o(n){R(""),t(!0);try{let a=await n();return a?.says&&R(a.says,a.tone),!0}catch(a){return R(a.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var a;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,o[t[r++]]):t[++r];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++r]]=u:c===6?n[1][t[++r]]+=u+"":c?(a=e.apply(u,gt(e,u,o,["",null])),n.push(a),u[0]?t[0]|=2:(t[r-2]=0,t[r]=a)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,a,r=1,c="",u="",d=[0],l=function(i){r===1&&(i||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?d.push(0,i,c):r===3&&(i||c)?(d.push(3,i,c),r=2):r===2&&c==="..."&&i?d.push(4,i,0):r===2&&c&&!i?d.push(5,0,!0,c):r>=5&&((c||!i&&r===5)&&(d.push(r,0,c,a),r=6),i&&(d.push(r,i,0,a),r=6)),c=""},f=0;f<o.length;f++){f&&(r===1&&l(),l(f));for(var _=0;_<o[f].length;_++)n=o[f][_],r===1?n==="<"?(l(),d=[d],r=3):c+=n:r===4?c==="--"&&n===">"?(r=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),r=1):r&&(n==="="?(r=5,a=c,c=""):n==="/"&&(r<5||o[f][_+1]===">")?(l(),r===3&&(d=d[0]),r=d,(d=d[0]).push(2,0,r),r=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),r=2):c+=n),r===3&&c==="!--"&&(r=4,d=d[0])}return l(),d})(e)),t),arguments,[])).length>1?t:t[0]}var s=bt.bind(Pe);var lo=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,uo=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function p(e,t=!1){return String(e??"").replace(lo,o=>t&&o===`
`?o:uo(o))}function k(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:p(e)}var kt=e=>k(e).split(" ")[0],G=(e,t)=>e+" "+t+(e===1?"":"s");function ge(e){return e<0?"expired":e===0?"less than a day left":G(e,"day")+" left"}var X=e=>p(e).replaceAll(":","").toUpperCase(),po={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function be(e){return e===null?{word:"Not judged",tone:"plain"}:po[e]??{word:p(e),tone:"warn"}}var ke={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var fo={added:"good","already there":"plain",repeated:"plain","not added":"warn",refused:"bad"},_o={refuses:"bad",warns:"warn",note:"plain"},ho=({row:e})=>s`
  <li>
    <span class=${"decision "+(fo[e.outcome]??"plain")}>${p(e.outcome)}</span>
    ${" "}<span>${p(e.says)}</span>
  </li>
`,mo=({remark:e})=>s`
  <li>
    <span class=${"decision "+(_o[e.weight]??"plain")}>${p(e.code)}</span>
    ${" "}<span>${p(e.says)} ${p(e.next)}</span>
  </li>
`;function wt({answer:e}){let t=e?.certificates??[],o=e?.remarks??[];return t.length<2&&o.length===0?null:s`
    <section class="examined" aria-label="What was found in the file">
      ${t.length>1&&s`<h3>Each certificate</h3><ul class="entries">${t.map((n,a)=>s`<${ho} key=${a} row=${n} />`)}</ul>`}
      ${o.length>0&&s`<h3>What was found in the file</h3><ul class="entries">${o.map((n,a)=>s`<${mo} key=${a} remark=${n} />`)}</ul>`}
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
`;function Z({path:e,label:t,hint:o,several:n,done:a}){let r=D(),c=D(),[u,d]=w(!1),[l,f]=w(null),[_,i]=x(),h=ye(m=>{c.current=m,m?.focus()},[]);async function v(m){f(null);try{let $=await mt(e,m,c.current?.value);return f($),$}catch($){throw f($.answer),$.code?.startsWith("passphrase-")&&d(!0),$}}async function L(m){m.preventDefault();let $=[...r.current.files];if($.length===0){R("Choose a file first.","bad"),r.current.focus();return}if(!await i(()=>v($))){c.current?.select();return}r.current.value="",d(!1),a()}return s`
    <form class="upload" onSubmit=${L}>
      <label>${t}<input type="file" ref=${r} multiple=${n} onChange=${()=>d(!1)} /></label>
      ${u&&s`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${_}>${_?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
    <${wt} answer=${l} />
  `}function H({label:e,question:t,yes:o,busy:n,act:a}){let[r,c]=w(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),a()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var Fe=10,Ue=({label:e,name:t,autocomplete:o,field:n,hint:a})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${a&&t+"-hint"} />
  </label>
  ${a&&s`<p class="hint below" id=${t+"-hint"}>${a}</p>`}
`;function $o({chosen:e,again:t}){let o=[...e.value].length;return o<Fe?`The new password has ${o} characters; it needs at least ${Fe}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function St({ended:e,done:t}){let[o,n]=w(!1),[a,r]=x(),c=D(),u=D();O(()=>(o?u:c).current.focus(),[o]);async function d(l){l.preventDefault();let f=l.target,_=o?$o(f):"";if(_){R(_,"bad"),u.current.focus();return}let i={password:f.password.value};o&&(i.new_password=f.chosen.value),await r(async()=>{try{t((await b("POST","session",{json:i})).csrf)}catch(h){if(h.code==="choose-password"&&!o)return n(!0);throw c.current.select(),h}})}return s`
    <${E}>Log In<//>
    ${e&&s`<${A} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${d}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Ue} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Ue} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+Fe+" characters."} />
        <${Ue} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${a}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var xt=e=>e.map(p).join(", "),yo=({kind:e,value:t,shown:o})=>e==="dns"||e==="ip"?o??t:e+" "+t,vo=({shown:e})=>s`
  ${p(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${p(e.pem,!0)}</pre></details>`}
`,W=({certificate:e})=>s`
  <${I} rows=${[["Issued To",s`<${T} text=${e.subject.text} />`],["Issued By",s`<${T} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${X(e.serial_number)}</code>`],["Valid From",k(e.not_before)],["Valid Until",k(e.not_after)+" ("+ge(e.days_left)+")"],["Names",xt(e.names.map(yo))||"none"],["Public Key",s`<${vo} shown=${e.public_key} />`],["Signature",p(e.signature_algorithm)],["Usages",xt([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${p(e.sha256)}</code>`]]} />
`,q=({subject:e})=>p(e.common_name||e.organization||e.text);var go=["sent","trusted","missing"],bo={server:"the server's own",client:"the client's own"},ko=({kind:e,role:t,note:o})=>[e==="missing"?"missing":bo[t]??p(t),e==="trusted"&&"trusted",p(o)].filter(Boolean).join("; "),wo=(e,t)=>e[t-1].kind==="missing"?"perhaps issued by":"issued by",Ct=({chain:e})=>s`
  <ol class="chain" aria-label="Chain of certificates">
    ${e.map((t,o)=>s`
        <li class=${go.includes(t.kind)?t.kind:"sent"} key=${o}>
          ${o>0&&s`<p class="joint">${wo(e,o)}</p>`}
          <div class="link">
            <strong><${T} text=${t.name} /></strong>
            <p>${ko(t)}</p>
          </div>
        </li>
      `)}
  </ol>
`;var So=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${p(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${p(e.sha256)}</code></span>`}
  </p>
`,xo=({finding:e,said:t})=>{let{fix:o,hint:n}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${p(e.says)}</p>`}
      ${(o?.say||n)&&s`<p><strong>Next step:</strong> ${p(o?.say||n)}</p>`}
      ${o?.pem&&s`<${So} fix=${o} />`}
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
  `},we=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>s`<${xo} key=${n} finding=${o} said=${o.says===e} />`);var Tt=e=>(e/1e3).toFixed(1)+" ms",Co=({toServer:e})=>s`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,To=({size:e,at_us:t,since_last_us:o})=>[e>0&&e+" octets",Tt(t),o>0&&"+"+Tt(o)].filter(Boolean).join(", "),Eo=({values:e,count:t})=>e.map(o=>p(o)).join(", ")+(t>e.length?` and ${t-e.length} more`:""),Ao=({facts:e,open:t})=>s`
  <details class="known" open=${t}>
    <summary>What is known of it</summary>
    <${I} rows=${e.map(o=>[p(o.name),s`<bdi>${Eo(o)}</bdi>`])} />
  </details>
`,Po=({encrypted:e,readable:t=!0,failing:o})=>["rung",e&&"encrypted",!t&&"unread",o&&"failing"].filter(Boolean).join(" "),No=({step:e})=>s`
  <li class=${Po(e)}>
    <p class="rung-name">
      ${e.number&&s`<span class="number">${p(e.number)}</span>`}
      <strong>${p(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">${e.readable===!1?"encrypted, not read":"encrypted"}</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${Co} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${p(e.note)}</span>`}
      <span class="quiet">${To(e)}</span>
    </p>
    ${e.facts?.length>0&&s`<${Ao} facts=${e.facts} open=${e.failing} />`}
  </li>
`,Lo=({step:e})=>s`
  <li class="from-here"><p>From here on (${p(e.number||e.name)}) the connection is encrypted</p></li>
`,Ro=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>s`
        <${z} key=${n}>
          ${n===t&&s`<${Lo} step=${o} />`}
          <${No} step=${o} />
        <//>
      `)}
  </ol>
`,Oo=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",Et=({ladder:e,role:t,server:o})=>s`
  <${I} rows=${[["Result",p(e.result)],["Version",p(e.version)],["Cipher",p(e.cipher_suite)],["Key exchange",e.key_exchange&&p(e.key_exchange)+"; "+Oo(e)],["Closed",e.closing&&p(e.closing)]]} />
  ${e.remarks?.map((n,a)=>s`<p class="remark" key=${a}>${p(n)}</p>`)}
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?p(o):"This phone"}</span>
          <span>${t==="server"?"This phone":p(o)}</span>
        </div>
        <${Ro} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var At=({path:e,name:t,children:o})=>s`
  <p class="download"><a class="button" download=${t} href=${"/api/"+e}>${o}</a></p>
`,Pt="For Wireshark, as a pcapng file. Without the session keys nobody reads in it what was encrypted; with them it is written on the phone itself:",Nt=({id:e,kept:t})=>s`
  <section class="card">
    <h2>What went over the wire</h2>
    ${t?s`
          <p>${Pt} <code>sealtone connections save ${e} FILE --with-keys</code></p>
          <${At} path=${`connections/${e}/capture`} name=${`sealtone-connection-${e}.pcapng`}>Save as Capture File<//>
        `:s`<p class="quiet">Its octets are no longer kept: the phone keeps those of its newest connections, until it stops.</p>`}
  </section>
`,Lt=()=>s`
  <section class="card">
    <h2>What went over the wire</h2>
    <p>${Pt} <code>sealtone connections save --all FILE --with-keys</code></p>
    <${At} path="capture" name="sealtone-connections.pcapng">Save All as Capture File<//>
  </section>
`;var Do=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>s`
        <details key=${n} open=${n===0}>
          <summary>${q(o)}</summary>
          <${W} certificate=${o} />
        </details>
      `)}
  </section>
`,Io=({shown:e})=>s`
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
  ${e.certificates.length>0&&s`<${Do} certificates=${e.certificates} role=${e.role} />`}
  <${Nt} id=${e.id} kept=${e.octets_kept} />
`;function Rt({argument:e}){let t=P("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${E} group="Diagnostics">Connection<//>
    <${N} from=${t}>${o=>s`<${Io} shown=${o} />`}<//>
  `}var Uo=["Server","Service","Verdict","When"],Fo=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${T} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)} <span class="life">phone was the ${p(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${J} decision=${e.decision} /><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,jo=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${Uo.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${Fo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Ot(){let e=P("connections");return s`
    <${E} group="Diagnostics">Connections<//>
    <section class="card">
      <${N} from=${e}>${({connections:t})=>s`<${jo} rows=${t} />`}<//>
    </section>
    ${e.data?.connections.some(t=>t.octets_kept)&&s`<${Lt} />`}
  `}var Dt=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(o=>s`<li>${p(o)}</li>`)}</ul>`,Ho=({file:e,summary:t})=>s`
  <li>
    <p><strong><${T} text=${e.url} /></strong> <span class="quiet">${p(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${p(e.says)}</p>`}
    <${Dt} title="Mistakes" lines=${e.mistakes} />
    <${Dt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${G(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,Wo=({connection:e})=>s`
  <li>
    <p><${J} decision=${e.verdict.decision} /> <strong><${T} text=${e.server} /></strong></p>
    <p>${p(e.verdict.headline)}</p>
    <${we} verdict=${e.verdict} />
  </li>
`,It=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${A} tone=${e.applied?"good":"bad"} title=${p(e.summary)} />
    ${e.warnings.map(t=>s`<${A} tone="warn"><p>${p(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${Ho} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>s`<${Wo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var K="static.auto_provision.server.",Mo=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function qo({settings:e,reload:t}){let[o,n]=x(),a=D(),r=e[K+"password"]?.set;async function c(d){await n(()=>b("PUT","settings",{json:d}))&&(a.current.password.value="",t())}function u(d){d.preventDefault();let{url:l,user:f,password:_}=a.current,i={url:e[K+"url"]?.value,username:e[K+"username"]?.value,password:""},h={url:l.value.trim(),username:f.value,password:_.value},v=Object.keys(h).filter(m=>h[m]!==(i[m]??""));if(v.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let L=Object.fromEntries(v.map(m=>[K+m,h[m]]));return c(L)}return s`
    <form class="card" ref=${a} onSubmit=${u} autocomplete="off">
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
  `}function Bo(){let[e,t]=w(),[o,n]=x();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let r=await b("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${It} report=${e} />`}
  `}function Ut(){let e=P("settings");return s`
    <${E} group="Settings">Auto Provision<//>
    <${N} from=${e}>
      ${t=>s`<${qo} settings=${Mo(t)} reload=${e.reload} />`}
    <//>
    <${Bo} />
  `}var Vo=["Server","Service","Why","When"],Go=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/security/rejected/"+e.id}><${T} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${p(e.service)}</td>
    <td role="cell" data-label="Why"><span class="life">${p(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,Ko=({rows:e})=>e.length===0?s`<p class="empty">No server was refused for its certificate. One that is accepted later is taken off this list.</p>`:s`
        <table role="table">
          <caption class="unseen">Rejected servers</caption>
          <thead role="rowgroup">
            <tr role="row">${Vo.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${Go} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Ft(){let e=P("rejected");return s`
    <${E} group="Security">Rejected Servers<//>
    <section class="card">
      <${N} from=${e}>${({rejected:t})=>s`<${Ko} rows=${t} />`}<//>
    </section>
  `}function Yo({shown:e,reload:t}){let o=D(),[n,a]=x();async function r(c){c.preventDefault();let u=o.current.value.trim();if(!u)return R("Type or paste the SHA-256 that the certificate's owner gave you.","bad"),o.current.focus();await a(()=>b("POST","rejected/"+e.id+"/trust",{json:{sha256:u}}))?(o.current.value="",t()):o.current.select()}return s`
    <form onSubmit=${r}>
      <label>SHA-256, as its owner gives it out<input type="text" ref=${o} autocomplete="off" spellcheck="false" size="60" /></label>
      <p class="hint">All of it, or the first 16 octets. Have it from the owner by another way than this connection: somebody in between would show you his own here.</p>
      <p class="buttons"><button disabled=${n}>Trust This Issuer</button></p>
    </form>
  `}var zo=({shown:e,reload:t})=>s`
  <${A} tone="bad">
    <p class="notice-title"><${T} text=${e.server} /></p>
    <p>${p(e.headline)}</p>
    <p class="quiet">${k(e.at)}, ${p(e.service)}</p>
  <//>
  <section class="card">
    <h2>Trust this issuer</h2>
    <p>${p(e.trust.says)}</p>
    ${e.trust.certificate&&s`
      <details>
        <summary>${q(e.trust.certificate)}</summary>
        <${W} certificate=${e.trust.certificate} />
      </details>
      <${Yo} shown=${e} reload=${t} />
    `}
  </section>
  ${(e.certificates.length>0||e.unreadable>0)&&s`<section class="card">
    <h2>Certificates that the server sent</h2>
    ${e.unreadable>0&&s`<p>${e.unreadable} of what it sent as certificates cannot be read.</p>`}
    ${e.certificates.map((o,n)=>s`
        <details key=${n}>
          <summary>${q(o)}</summary>
          <${W} certificate=${o} />
        </details>
      `)}
  </section>`}
`;function jt({argument:e}){let t=P("rejected/"+e);return s`
    <p><a href="#/security/rejected">All rejected servers</a></p>
    <${E} group="Security">Rejected Server<//>
    <${N} from=${t}>${o=>s`<${zo} shown=${o} reload=${t.reload} />`}<//>
  `}function Xo({row:e,reload:t}){let[o,n]=x(),a=async()=>await n(()=>b("DELETE","revocation-lists/"+e.id))&&t();return s`
    <section class="card">
      <h2><${T} text=${e.issuer} /></h2>
      ${e.remark&&s`<p class="bad-text">${p(e.remark)}</p>`}
      <${I} rows=${[["Of",k(e.this_update)],["Until",e.next_update?k(e.next_update):"no date given"],["Revoked",String(e.entries)],["Kind",e.delta?"changes to another list":""],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Added",k(e.added)+", "+p(e.origin)]]} />
      <${H} label="Delete" question="What this list revokes will be revoked no more." yes="Delete it"
        busy=${o} act=${a} />
    </section>
  `}function Jo({required:e,reload:t}){let[o,n]=x();return s`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${e} disabled=${o} onChange=${async r=>{let c={"sealtone.security.revocation_required":r.target.checked?"1":"0"};await n(()=>b("PUT","settings",{json:c})),t()}} />
      <span>Refuse What Is Not Known</span>
      <span class="hint">On: a server is refused if neither a list here nor an answer that it sends along (OCSP) covers its certificates. Off: only if one of them calls a certificate revoked.</span>
    </label>
  `}var Zo=({shown:e,reload:t})=>s`
  <section class="card">
    <h2>Lists of revoked certificates</h2>
    ${e.lists.length===0&&s`<p class="empty">No list yet. None is fetched: get them from your servers' authority.</p>`}
    <${Z} path="revocation-lists" label="Revocation list file" done=${t}
      hint="A .crl or .pem file. A newer list of the same authority takes the place of the one before." />
    <${Jo} required=${e.required} reload=${t} />
  </section>
  ${e.lists.map(o=>s`<${Xo} key=${o.id} row=${o} reload=${t} />`)}
`;function Ht(){let e=P("revocation-lists");return s`
    <${E} group="Security">Revocation Lists<//>
    <${N} from=${e}>${t=>s`<${Zo} shown=${t} reload=${e.reload} />`}<//>
  `}var Wt=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${p(t.says)}`:""}</span>
  </li>
`;function Qo({previous:e,reload:t}){let[o,n]=x();async function a(){await n(()=>b("POST","server-certificate/undo"))&&t()}async function r(){await n(()=>b("DELETE","server-certificate/previous"))&&t()}return s`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${q(e.certificate)}, uploaded ${k(e.added)}</summary>
        <${W} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${a}>Go Back to the Previous Certificate</button>
        <${H} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${r} />
      </p>
    </section>
  `}function en({shown:e,reload:t}){let[o,n]=x();async function a(){await n(()=>b("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${A} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${W} certificate=${e.certificate} />
      <ul class="uses">
        <${Wt} title="As server certificate" use=${e.usable_as_server} />
        <${Wt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${q(r)}</summary><${W} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${H} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${a} />`}
    </section>
    ${e.previous&&s`<${Qo} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${Z} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Mt(){let e=P("server-certificate");return s`
    <${E} group="Security">Server Certificates<//>
    <${N} from=${e}>${t=>s`<${en} shown=${t} reload=${e.reload} />`}<//>
  `}var re=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,tn=({status:e,reload:t})=>s`
  ${e.clock.unset&&s`<${A} tone="bad" title="The phone's clock was never set">
    <p>${p(e.clock.says)}</p>
    ${e.clock.waits&&s`<p>${p(e.clock.waits)}</p>`}
    ${e.clock.time_server&&s`<p>${p(e.clock.time_server)}</p>`}
    ${e.clock.floor>e.clock.lowest_floor&&s`<${on} clock=${e.clock} reload=${t} />`}
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
`;function on({clock:e,reload:t}){let[o,n]=x();async function a(){await n(()=>b("PUT","clock/floor",{json:{to:e.lowest_floor}}))&&t()}return s`<${H} label="Lower the Floor…" question=${"Is the clock right, and has it not been "+k(e.floor)+" yet?"} yes="Lower it" busy=${o} act=${a} />`}var nn=({status:e,reload:t})=>s`
  <${tn} status=${e} reload=${t} />
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
`;function qt(){let e=P("status");return s`
    <${E}>Status<//>
    <${N} from=${e}>${t=>s`<${nn} status=${t} reload=${e.reload} />`}<//>
  `}var sn={default:"0",custom:"1",all:"2"},rn={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Bt=({label:e,hint:t,on:o,change:n})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${a=>n(a.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Vt({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:a}=e,[r,c]=w(e),[u,d]=x(),l=_=>c({...r,..._});O(()=>c(e),[o,n,a]);async function f(_){_.preventDefault();let i={"static.security.trust_certificates":r.only_accept_trusted?"1":"0","static.security.ca_cert":sn[r.list],"static.security.cn_validation":r.check_name?"1":"0"};await d(()=>b("PUT","settings",{json:i}))&&t()}return s`
    <form class="card" onSubmit=${f}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Bt} label="Only Accept Trusted Certificates" on=${r.only_accept_trusted}
        change=${_=>l({only_accept_trusted:_})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ke).map(([_,i])=>s`
            <label class="choice" key=${_}>
              <input type="radio" name="list" value=${_} checked=${r.list===_} onChange=${()=>l({list:_})} />
              <span>${i}</span><span class="hint">${rn[_]}</span>
            </label>
          `)}
      </fieldset>
      <${Bt} label="Common Name Validation" on=${r.check_name} change=${_=>l({check_name:_})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var an=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${I} rows=${[["Serial Number",s`<code>${X(e.serial)}</code>`],["SHA-256",s`<code>${p(e.sha256)}</code>`],["Valid Until",k(e.expires)],["Added",k(e.added)+", "+p(e.origin)]]} />
  </details>
`,cn=({row:e,marked:t,mark:o})=>s`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${T} text=${e.issued_to} /></span><${an} row=${e} /></td>
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
`,ln=["Index","Issued To","Issued By","Expiration","Delete"];function un({rows:e,reload:t}){let[o,n]=w([]),[a,r]=x(),c=(d,l)=>n(o.filter(f=>f!==d).concat(l?d:[]));async function u(){if(o.length===0)return R("Mark the certificates to delete first.","bad");await r(async()=>{for(let d of o)await b("DELETE","trusted/"+d);return{says:G(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${ln.map(d=>s`<th role="columnheader" scope="col">${d}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(d=>s`<${cn} key=${d.id} row=${d} marked=${o.includes(d.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${a} onClick=${u}>Delete Marked</button></p>
  `}var pn=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${A} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${un} rows=${e.certificates} reload=${t} />
    <p class="quiet">${e.certificates.length} of at most ${e.limit}.</p>
    <${Z} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all, or none." />
  </section>
  <${Vt} trusted=${e} reload=${t} />
`;function Gt(){let e=P("trusted");return s`
    <${E} group="Security">Trusted Certificates<//>
    <${N} from=${e}>${t=>s`<${pn} trusted=${t} reload=${e.reload} />`}<//>
  `}var ae=[{path:"status",title:"Status",Page:qt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Gt},{path:"security/rejected",group:"Security",title:"Rejected Servers",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Mt},{path:"security/revocation",group:"Security",title:"Revocation Lists",Page:Ht},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Ut},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Ot}];function dn(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);if(o)return{path:"diagnostics/connections",title:"Connection",Page:Rt,argument:o[1]};let n=/^security\/rejected\/(\d+)$/.exec(t);return n?{path:"security/rejected",title:"Rejected Server",Page:jt,argument:n[1]}:ae.find(a=>a.path===t)??ae[0]}function Kt(){let[e,t]=w(location.hash);return O(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),dn(e)}var fn=[...new Set(ae.map(e=>e.group))],_n=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${ae.filter(o=>o.group===e).map(o=>s`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Yt({at:e}){let[t,o]=w(!1);return O(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${fn.map(n=>s`<${_n} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var zt=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&s`<p>${p(o)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function hn(){let[e,t]=w("asking");return O(()=>{ht(()=>{se(""),t(o=>o==="in"?"ended":o)}),b("GET","session").then(o=>{se(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>R(o.message,"bad"))},[]),[e,t]}function mn(){let[e,t]=w({text:""});yt(t);let[o,n]=hn(),a=Kt(),r=D(),c=D(location.hash),u=o==="in";O(()=>{document.title=(u?a.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function d(_){se(_),t({text:""}),n("in")}async function l(){try{await b("DELETE","session")}catch(_){if(_.status!==401)return R(_.message,"bad")}se(""),n("out"),R("You are logged out.")}function f(_){_.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${f}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Yt} at=${a.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${zt} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${a.Page} key=${a.path+a.argument} argument=${a.argument} />`}
      ${(o==="out"||o==="ended")&&s`<${St} ended=${o==="ended"} done=${d} />`}
    </main>
  `}tt(s`<${mn} />`,document.getElementById("page"));})();
