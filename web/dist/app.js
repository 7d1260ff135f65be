// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var fe,y,Be,Wt,M,Oe,Ve,Ge,xe,ce,ee,ze,Pe,Ce,Te,qt,pe={},de=[],Bt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,me=Array.isArray;function j(e,t){for(var o in t)e[o]=t[o];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ne(e,t,o){var n,i,r,c={};for(r in t)r=="key"?n=t[r]:r=="ref"?i=t[r]:c[r]=t[r];if(arguments.length>2&&(c.children=arguments.length>3?fe.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(r in e.defaultProps)c[r]===void 0&&(c[r]=e.defaultProps[r]);return le(e,c,n,i,null)}function le(e,t,o,n,i){var r={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Be,__i:-1,__u:0};return i==null&&y.vnode!=null&&y.vnode(r),r}function Y(e){return e.children}function ue(e,t){this.props=e,this.context=t}function B(e,t){if(t==null)return e.__?B(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?B(e):null}function Vt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],i=[],r=j({},t);r.__v=t.__v+1,y.vnode&&y.vnode(r),Ee(e.__P,r,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??B(t),!!(32&t.__u),i),r.__v=t.__v,r.__.__k[r.__i]=r,Ze(n,r,i),t.__e=t.__=null,r.__e!=o&&Ke(r)}}function Ke(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ke(e)}function Me(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||Oe!=y.debounceRendering)&&((Oe=y.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,Vt(e)}finally{M.length=_e.__r=0}}function Ye(e,t,o,n,i,r,c,u,p,l,_){var m,a,f,h,S,v,T=n&&n.__k||de,$=t.length;for(p=Gt(o,t,T,p,$),m=0;m<$;m++)(f=o.__k[m])!=null&&(a=f.__i!=-1&&T[f.__i]||pe,f.__i=m,v=Ee(e,f,a,i,r,c,u,p,l,_),h=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Le(a.ref,null,f),_.push(f.ref,f.__c||h,f)),S==null&&h!=null&&(S=h),4&f.__u?(p=Xe(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:h&&(p=h.nextSibling),f.__u&=-7);return o.__e=S,p}function Gt(e,t,o,n,i){var r,c,u,p,l,_=o.length,m=_,a=0;for(e.__k=new Array(i),r=0;r<i;r++)(c=t[r])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[r]=le(null,c,null,null,null):me(c)?c=e.__k[r]=le(Y,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[r]=le(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[r]=c,p=r+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=zt(c,o,p,m))!=-1&&(m--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[r]=null;if(m)for(r=0;r<_;r++)(u=o[r])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=B(u)),et(u,u));return n}function Xe(e,t,o){var n,i;if(typeof e.type=="function"){for(n=e.__k,i=0;n&&i<n.length;i++)n[i]&&(n[i].__=e,t=Xe(n[i],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=B(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function zt(e,t,o,n){var i,r,c,u=e.key,p=e.type,l=t[o],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return o;if(n>(_?1:0)){for(i=o-1,r=o+1;i>=0||r<t.length;)if((l=t[c=i>=0?i--:r++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function We(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||Bt.test(t)?o:o+"px"}function ae(e,t,o,n,i){var r,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||We(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||We(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")r=t!=(t=t.replace(ze,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+r]=o,o?n?o[ee]=n[ee]:(o[ee]=Pe,e.addEventListener(t,r?Te:Ce,r)):e.removeEventListener(t,r?Te:Ce,r);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function qe(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[ce]==null)t[ce]=Pe++;else if(t[ce]<o[ee])return;return o(y.event?y.event(t):t)}}}function Ee(e,t,o,n,i,r,c,u,p,l){var _,m,a,f,h,S,v,T,$,I,Z,q,Q,je,ie,Se,F=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(p=!!(32&o.__u),r=[u=t.__e=o.__e]),(_=y.__b)&&_(t);e:if(typeof F=="function"){m=c.length;try{if($=t.props,I=F.prototype&&F.prototype.render,Z=(_=F.contextType)&&n[_.__c],q=_?Z?Z.props.value:_.__:n,o.__c?T=(a=t.__c=o.__c).__=a.__E:(I?t.__c=a=new F($,q):(t.__c=a=new ue($,q),a.constructor=F,a.render=Yt),Z&&Z.sub(a),a.state||(a.state={}),a.__n=n,f=a.__d=!0,a.__h=[],a._sb=[]),I&&a.__s==null&&(a.__s=a.state),I&&F.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=j({},a.__s)),j(a.__s,F.getDerivedStateFromProps($,a.__s))),h=a.props,S=a.state,a.__v=t,f)I&&F.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),I&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(I&&F.getDerivedStateFromProps==null&&$!==h&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps($,q),t.__v==o.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate($,a.__s,q)===!1){t.__v!=o.__v&&(a.props=$,a.state=a.__s,a.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(K){K&&(K.__=t)}),de.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=B(o);break e}a.componentWillUpdate!=null&&a.componentWillUpdate($,a.__s,q),I&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(h,S,v)})}if(a.context=q,a.props=$,a.__P=e,a.__e=!1,Q=y.__r,je=0,I)a.state=a.__s,a.__d=!1,Q&&Q(t),_=a.render(a.props,a.state,a.context),de.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,Q&&Q(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++je<25);a.state=a.__s,a.getChildContext!=null&&(n=j(j({},n),a.getChildContext())),I&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(h,S)),ie=_!=null&&_.type===Y&&_.key==null?Qe(_.props.children):_,u=Ye(e,me(ie)?ie:[ie],t,o,n,i,r,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),T&&(a.__E=a.__=null)}catch(K){if(c.length=m,t.__v=null,p||r!=null){if(K.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;r!=null&&(r[r.indexOf(u)]=null),t.__e=u}else if(r!=null)for(Se=r.length;Se--;)Ae(r[Se])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),K.then||Je(t),y.__e(K,t,o)}}else r==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=Kt(o.__e,t,o,n,i,r,c,p,l);return(_=y.diffed)&&_(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);y.__c&&y.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(r){r.call(i)})}catch(r){y.__e(r,i.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:me(e)?e.map(Qe):e.constructor!==void 0?null:j({},e)}function Kt(e,t,o,n,i,r,c,u,p){var l,_,m,a,f,h,S,v=o.props||pe,T=t.props,$=t.type;if($=="svg"?i="http://www.w3.org/2000/svg":$=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),r!=null){for(l=0;l<r.length;l++)if((f=r[l])&&"setAttribute"in f==!!$&&($?f.localName==$:f.nodeType==3)){e=f,r[l]=null;break}}if(e==null){if($==null)return document.createTextNode(T);e=document.createElementNS(i,$,T.is&&T),u&&(y.__m&&y.__m(t,r),u=!1),r=null}if($==null)v===T||u&&e.data==T||(e.data=T);else{if(r=$=="textarea"&&T.defaultValue!=null?null:r&&fe.call(e.childNodes),!u&&r!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?m=f:l=="children"||l in T||l=="value"&&"defaultValue"in T||l=="checked"&&"defaultChecked"in T||ae(e,l,null,f,i);for(l in T)f=T[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?_=f:l=="value"?h=f:l=="checked"?S=f:u&&typeof f!="function"||v[l]===f||ae(e,l,f,v[l],i);if(_)u||m&&(_.__html==m.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(m&&(e.innerHTML=""),Ye(t.type=="template"?e.content:e,me(a)?a:[a],t,o,n,$=="foreignObject"?"http://www.w3.org/1999/xhtml":i,r,c,r?r[0]:o.__k&&B(o,0),u,p),r!=null)for(l=r.length;l--;)Ae(r[l]);u&&$!="textarea"||(l="value",$=="progress"&&h==null?e.removeAttribute("value"):h!=null&&(h!==e[l]||$=="progress"&&!h||$=="option"&&h!=v[l])&&ae(e,l,h,v[l],i),l="checked",S!=null&&S!=e[l]&&ae(e,l,S,v[l],i))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(i){y.__e(i,o)}}function et(e,t,o){var n,i;if(y.unmount&&y.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(r){y.__e(r,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(i=0;i<n.length;i++)n[i]&&et(n[i],t,o||typeof e.type!="function");o||Ae(e.__e),e.__c=e.__=e.__e=void 0}function Yt(e,t,o){return this.constructor(e,o)}function tt(e,t,o){var n,i,r,c;t==document&&(t=document.documentElement),y.__&&y.__(e,t),i=(n=typeof o=="function")?null:o&&o.__k||t.__k,r=[],c=[],Ee(t,e=(!n&&o||t).__k=Ne(Y,null,[e]),i||pe,pe,t.namespaceURI,!n&&o?[o]:i?null:t.firstChild?fe.call(t.childNodes):null,r,!n&&o?o:i?i.__e:t.firstChild,n,c),Ze(r,e,c),e.props.children=null}fe=de.slice,y={__e:function(e,t,o,n){for(var i,r,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((r=i.constructor)&&r.getDerivedStateFromError!=null&&(i.setState(r.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,n||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Be=0,Wt=function(e){return e!=null&&e.constructor===void 0},ue.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=j({},this.state),typeof e=="function"&&(e=e(j({},o),this.props)),e&&j(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),Me(this))},ue.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),Me(this))},ue.prototype.render=Y,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),ce="__d"+xe,ee="__a"+xe,ze=/(PointerCapture)$|Capture$/i,Pe=0,Ce=qe(!1),Te=qe(!0),qt=0;var te,b,Re,ot,oe=0,ut=[],x=y,nt=x.__b,rt=x.__r,st=x.diffed,it=x.__c,at=x.unmount,ct=x.__;function Ue(e,t){x.__h&&x.__h(b,e,oe||t),oe=0;var o=b.__H||(b.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function w(e){return oe=1,Xt(_t,e)}function Xt(e,t,o){var n=Ue(te++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):_t(void 0,t),function(u){var p=n.__N?n.__N[0]:n.__[0],l=n.t(p,u);p!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=b,!b.__f)){var i=function(u,p,l){if(!n.__c.__H)return!0;var _=!1,m=n.__c.props!==u;if(n.__c.__H.__.some(function(f){if(f.__N){_=!0;var h=f.__[0];f.__=f.__N,f.__N=void 0,h!==f.__[0]&&(m=!0)}}),r){var a=r.call(this,u,p,l);return _?a||m:a}return!_||m};b.__f=!0;var r=b.shouldComponentUpdate,c=b.componentWillUpdate;b.componentWillUpdate=function(u,p,l){if(this.__e){var _=r;r=void 0,i(u,p,l),r=_}c&&c.call(this,u,p,l)},b.shouldComponentUpdate=i}return n.__N||n.__}function D(e,t){var o=Ue(te++,3);!x.__s&&dt(o.__H,t)&&(o.__=e,o.u=t,b.__H.__h.push(o))}function U(e){return oe=5,pt(function(){return{current:e}},[])}function pt(e,t){var o=Ue(te++,7);return dt(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function $e(e,t){return oe=8,pt(function(){return e},t)}function Jt(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(he),t.__h.some(De),t.__h=[]}catch(o){t.__h=[],x.__e(o,e.__v)}}}x.__b=function(e){b=null,nt&&nt(e)},x.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},x.__r=function(e){rt&&rt(e),te=0;var t=(b=e.__c).__H;t&&(Re===b?(t.__h=[],b.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some(he),t.__h.some(De),t.__h=[],te=0)),Re=b},x.diffed=function(e){st&&st(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&ot===x.requestAnimationFrame||((ot=x.requestAnimationFrame)||Zt)(Jt)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),Re=b=null},x.__c=function(e,t){t.some(function(o){try{o.__h.some(he),o.__h=o.__h.filter(function(n){return!n.__||De(n)})}catch(n){t.some(function(i){i.__h&&(i.__h=[])}),t=[],x.__e(n,o.__v)}}),it&&it(e,t)},x.unmount=function(e){at&&at(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{he(n)}catch(i){t=i}}),o.__H=void 0,t&&x.__e(t,o.__v))};var lt=typeof requestAnimationFrame=="function";function Zt(e){var t,o=function(){clearTimeout(n),lt&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);lt&&(t=requestAnimationFrame(o))}function he(e){var t=b,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),b=t}function De(e){var t=b;e.__c=e.__(),b=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function _t(e,t){return typeof t=="function"?t(e):t}var Ie="",ft=()=>{},ye=class extends Error{constructor(t,o,n){super(o),this.code=t,this.status=n}},mt=e=>ft=e,ne=e=>Ie=e??"";function Qt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function eo(e){let{code:t="",says:o}=await e.json().catch(()=>({}));return new ye(t,Qt(o??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function g(e,t,{json:o,body:n,headers:i={}}={}){let r={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(r.headers["X-CSRF-Token"]=Ie),o!==void 0&&(r.headers["Content-Type"]="application/json"),r.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,r)}catch{throw new ye("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await eo(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function ht(e,t,o){let n=t.flatMap((i,r)=>r===0?[i]:[`
`,i]);return g("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(i=>i.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var $t=()=>{},yt=e=>$t=e,E=(e,t="good")=>$t({text:e,tone:t});function L(e){let[t,o]=w({}),n=$e(async()=>{try{let i=await g("GET",e);o({path:e,data:i})}catch(i){o({path:e,problem:i})}},[e]);return D(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function P(){let[e,t]=w(!1);async function o(n){E(""),t(!0);try{let i=await n();return i?.says&&E(i.says,i.tone),!0}catch(i){return E(i.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var i;t[0]=0;for(var r=1;r<t.length;r++){var c=t[r++],u=t[r]?(t[0]|=c?1:2,o[t[r++]]):t[++r];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++r]]=u:c===6?n[1][t[++r]]+=u+"":c?(i=e.apply(u,gt(e,u,o,["",null])),n.push(i),u[0]?t[0]|=2:(t[r-2]=0,t[r]=i)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,i,r=1,c="",u="",p=[0],l=function(a){r===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):r===3&&(a||c)?(p.push(3,a,c),r=2):r===2&&c==="..."&&a?p.push(4,a,0):r===2&&c&&!a?p.push(5,0,!0,c):r>=5&&((c||!a&&r===5)&&(p.push(r,0,c,i),r=6),a&&(p.push(r,a,0,i),r=6)),c=""},_=0;_<o.length;_++){_&&(r===1&&l(),l(_));for(var m=0;m<o[_].length;m++)n=o[_][m],r===1?n==="<"?(l(),p=[p],r=3):c+=n:r===4?c==="--"&&n===">"?(r=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),r=1):r&&(n==="="?(r=5,i=c,c=""):n==="/"&&(r<5||o[_][m+1]===">")?(l(),r===3&&(p=p[0]),r=p,(p=p[0]).push(2,0,r),r=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),r=2):c+=n),r===3&&c==="!--"&&(r=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var s=bt.bind(Ne);var to=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,oo=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(to,o=>t&&o===`
`?o:oo(o))}function k(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>k(e).split(" ")[0],V=(e,t)=>e+" "+t+(e===1?"":"s");function ve(e){return e<0?"expired":e===0?"less than a day left":V(e,"day")+" left"}var X=e=>d(e).replaceAll(":","").toUpperCase(),no={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function ge(e){return e===null?{word:"Not judged",tone:"plain"}:no[e]??{word:d(e),tone:"warn"}}var be={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var N=({text:e})=>s`<bdi>${d(e)}</bdi>`,A=({group:e,children:t})=>s`
  <h1 tabindex="-1">${e&&s`<span class="group">${e} > </span>`}${t}</h1>
`,C=({tone:e,title:t,children:o})=>s`
  <div class=${"notice "+e}>
    ${t&&s`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,J=({decision:e})=>{let{word:t,tone:o}=ge(e);return s`<span class=${"decision "+o}>${t}</span>`};function R({from:e,children:t}){return e.problem?s`<${C} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):s`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var H=({rows:e})=>s`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>s`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function we({path:e,label:t,hint:o,several:n,done:i}){let r=U(),c=U(),[u,p]=w(!1),[l,_]=P(),m=$e(h=>{c.current=h,h?.focus()},[]);async function a(h){try{return await ht(e,h,c.current?.value)}catch(S){throw S.code?.startsWith("passphrase-")&&p(!0),S}}async function f(h){h.preventDefault();let S=[...r.current.files];if(S.length===0){E("Choose a file first.","bad"),r.current.focus();return}if(!await _(()=>a(S))){c.current?.select();return}r.current.value="",p(!1),i()}return s`
    <form class="upload" onSubmit=${f}>
      <label>${t}<input type="file" ref=${r} multiple=${n} onChange=${()=>p(!1)} /></label>
      ${u&&s`<label>Passphrase of the file<input type="password" ref=${m} autocomplete="off" /></label>`}
      <button disabled=${l}>${l?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
  `}function G({label:e,question:t,yes:o,busy:n,act:i}){let[r,c]=w(!1),u=l=>l?.focus();return r?s`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:s`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Fe=({label:e,name:t,autocomplete:o,field:n,hint:i})=>s`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&s`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function ro({chosen:e,again:t}){let o=[...e.value].length;return o<He?`The new password has ${o} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[o,n]=w(!1),[i,r]=P(),c=U(),u=U();D(()=>(o?u:c).current.focus(),[o]);async function p(l){l.preventDefault();let _=l.target,m=o?ro(_):"";if(m){E(m,"bad"),u.current.focus();return}let a={password:_.password.value};o&&(a.new_password=_.chosen.value),await r(async()=>{try{t((await g("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!o)return n(!0);throw c.current.select(),f}})}return s`
    <${A}>Log In<//>
    ${e&&s`<${C} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Fe} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&s`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Fe} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Fe} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(d).join(", "),so=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,io=({shown:e})=>s`
  ${d(e.description)}
  ${e.pem&&s`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,O=({certificate:e})=>s`
  <${H} rows=${[["Issued To",s`<${N} text=${e.subject.text} />`],["Issued By",s`<${N} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",s`<code>${X(e.serial_number)}</code>`],["Valid From",k(e.not_before)],["Valid Until",k(e.not_after)+" ("+ve(e.days_left)+")"],["Names",St(e.names.map(so))||"none"],["Public Key",s`<${io} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",s`<code>${d(e.sha256)}</code>`]]} />
`,W=({subject:e})=>d(e.common_name||e.organization||e.text);var ao=({fix:e})=>s`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&s`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,co=({finding:e,said:t})=>{let{fix:o}=e;return s`
    <article class="finding">
      ${!t&&s`<p>${d(e.says)}</p>`}
      ${o?.say&&s`<p><strong>Next step:</strong> ${d(o.say)}</p>`}
      ${o?.pem&&s`<${ao} fix=${o} />`}
      ${o?.desk_phones?.length>0&&s`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${o.desk_phones.map(d).join(`
`)}</pre>
        ${o.desk_phones_note&&s`<p class="hint below">${d(o.desk_phones_note)}</p>`}`}
      <details>
        <summary>Details</summary>
        <p><code>${d(e.code)}</code></p>
        ${e.details&&s`<p class="quiet">${d(e.details)}</p>`}
      </details>
    </article>
  `},ke=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>s`<${co} key=${n} finding=${o} said=${o.says===e} />`);var lo=e=>(e/1e3).toFixed(1)+" ms",uo=({toServer:e})=>s`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,po=({step:e})=>s`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&s`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&s`<span class="tag">encrypted</span>`}
      ${e.failing&&s`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${uo} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&s`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${lo(e.at_us)}</span>
    </p>
  </li>
`,_o=({step:e})=>s`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,fo=({steps:e,encryptedFrom:t})=>s`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>s`
        <${Y} key=${n}>
          ${n===t&&s`<${_o} step=${o} />`}
          <${po} step=${o} />
        <//>
      `)}
  </ol>
`,mo=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:o})=>s`
  <${H} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+mo(e)]]} />
  ${e.steps.length===0?s`<p class="empty">Not one step of a handshake took place.</p>`:s`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(o):"This phone"}</span>
          <span>${t==="server"?"This phone":d(o)}</span>
        </div>
        <${fo} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var ho=({certificates:e,role:t})=>s`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>s`
        <details key=${n} open=${n===0}>
          <summary>${W(o)}</summary>
          <${O} certificate=${o} />
        </details>
      `)}
  </section>
`,$o=({shown:e})=>s`
  <${C} tone=${ge(e.verdict.decision).tone}>
    <p class="notice-title">
      <${J} decision=${e.verdict.decision} /> <${N} text=${e.server} />
    </p>
    <p>${d(e.verdict.headline)}</p>
    <p class="quiet">${k(e.at)}, ${d(e.service)}; the phone was the ${d(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&s`<section class="card">
    <h2>What was found</h2>
    <${ke} verdict=${e.verdict} />
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${xt} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&s`<${ho} certificates=${e.certificates} role=${e.role} />`}
`;function Ct({argument:e}){let t=L("connections/"+e);return s`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${R} from=${t}>${o=>s`<${$o} shown=${o} />`}<//>
  `}var yo=["Server","Service","Verdict","When"],vo=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${N} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${J} decision=${e.decision} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,go=({rows:e})=>e.length===0?s`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:s`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${yo.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${vo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=L("connections");return s`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${R} from=${e}>${({connections:t})=>s`<${go} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&s`<h4>${e}</h4><ul class="lines">${t.map(o=>s`<li>${d(o)}</li>`)}</ul>`,bo=({file:e,summary:t})=>s`
  <li>
    <p><strong><${N} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&s`<p>${d(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&s`<p class="quiet">${V(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,wo=({connection:e})=>s`
  <li>
    <p><${J} decision=${e.verdict.decision} /> <strong><${N} text=${e.server} /></strong></p>
    <p>${d(e.verdict.headline)}</p>
    <${ke} verdict=${e.verdict} />
  </li>
`,At=({report:e})=>s`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${C} tone=${e.applied?"good":"bad"} title=${d(e.summary)} />
    ${e.warnings.map(t=>s`<${C} tone="warn"><p>${d(t)}</p><//>`)}
    ${e.files.length>0&&s`<h3>Files</h3><ul class="entries">${e.files.map(t=>s`<${bo} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&s`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>s`<${wo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var z="static.auto_provision.server.",ko=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function So({settings:e,reload:t}){let[o,n]=P(),i=U(),r=e[z+"password"]?.set;async function c(p){await n(()=>g("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:m}=i.current,a={url:e[z+"url"]?.value,username:e[z+"username"]?.value,password:""},f={url:l.value.trim(),username:_.value,password:m.value},h=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(h.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let S=Object.fromEntries(h.map(v=>[z+v,f[v]]));return c(S)}return s`
    <form class="card" ref=${i} onSubmit=${u} autocomplete="off">
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
        ${r&&s`<${G} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[z+"password"]:null})} />`}
      </div>
    </form>
  `}function xo(){let[e,t]=w(),[o,n]=P();return s`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let r=await g("POST","provision");return t(r),{says:r.summary,tone:r.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&s`<${At} report=${e} />`}
  `}function Nt(){let e=L("settings");return s`
    <${A} group="Settings">Auto Provision<//>
    <${R} from=${e}>
      ${t=>s`<${So} settings=${ko(t)} reload=${e.reload} />`}
    <//>
    <${xo} />
  `}var Co=["Server","Service","Why","When"],To=({row:e})=>s`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/security/rejected/"+e.id}><${N} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)}</td>
    <td role="cell" data-label="Why"><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${k(e.at)}</td>
  </tr>
`,Po=({rows:e})=>e.length===0?s`<p class="empty">No server was refused for its certificate. One that is accepted later is taken off this list.</p>`:s`
        <table role="table">
          <caption class="unseen">Rejected servers</caption>
          <thead role="rowgroup">
            <tr role="row">${Co.map(t=>s`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>s`<${To} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Et(){let e=L("rejected");return s`
    <${A} group="Security">Rejected Servers<//>
    <section class="card">
      <${R} from=${e}>${({rejected:t})=>s`<${Po} rows=${t} />`}<//>
    </section>
  `}function Ao({shown:e,reload:t}){let o=U(),[n,i]=P();async function r(c){c.preventDefault();let u=o.current.value.trim();if(!u)return E("Type or paste the SHA-256 that the certificate's owner gave you.","bad"),o.current.focus();await i(()=>g("POST","rejected/"+e.id+"/trust",{json:{sha256:u}}))?(o.current.value="",t()):o.current.select()}return s`
    <form onSubmit=${r}>
      <label>SHA-256, as its owner gives it out<input type="text" ref=${o} autocomplete="off" spellcheck="false" size="60" /></label>
      <p class="hint">All of it, or the first 16 octets. Have it from the owner by another way than this connection: somebody in between would show you his own here.</p>
      <p class="buttons"><button disabled=${n}>Trust This Issuer</button></p>
    </form>
  `}var No=({shown:e,reload:t})=>s`
  <${C} tone="bad">
    <p class="notice-title"><${N} text=${e.server} /></p>
    <p>${d(e.headline)}</p>
    <p class="quiet">${k(e.at)}, ${d(e.service)}</p>
  <//>
  <section class="card">
    <h2>Trust this issuer</h2>
    <p>${d(e.trust.says)}</p>
    ${e.trust.certificate&&s`
      <details open>
        <summary>${W(e.trust.certificate)}</summary>
        <${O} certificate=${e.trust.certificate} />
      </details>
      <${Ao} shown=${e} reload=${t} />
    `}
  </section>
  ${e.certificates.length>0&&s`<section class="card">
    <h2>Certificates that the server sent</h2>
    ${e.certificates.map((o,n)=>s`
        <details key=${n}>
          <summary>${W(o)}</summary>
          <${O} certificate=${o} />
        </details>
      `)}
  </section>`}
`;function Lt({argument:e}){let t=L("rejected/"+e);return s`
    <p><a href="#/security/rejected">All rejected servers</a></p>
    <${A} group="Security">Rejected Server<//>
    <${R} from=${t}>${o=>s`<${No} shown=${o} reload=${t.reload} />`}<//>
  `}var Rt=({title:e,use:t})=>s`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?s`<br />${d(t.says)}`:""}</span>
  </li>
`;function Eo({previous:e,reload:t}){let[o,n]=P();async function i(){await n(()=>g("POST","server-certificate/undo"))&&t()}async function r(){await n(()=>g("DELETE","server-certificate/previous"))&&t()}return s`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${W(e.certificate)}, uploaded ${k(e.added)}</summary>
        <${O} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${i}>Go Back to the Previous Certificate</button>
        <${G} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${r} />
      </p>
    </section>
  `}function Lo({shown:e,reload:t}){let[o,n]=P();async function i(){await n(()=>g("DELETE","server-certificate"))&&t()}return s`
    ${e.temporary&&s`<${C} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${O} certificate=${e.certificate} />
      <ul class="uses">
        <${Rt} title="As server certificate" use=${e.usable_as_server} />
        <${Rt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&s`<h3>Sent with it</h3>
        ${e.chain.map(r=>s`<details key=${r.sha256}><summary>${W(r)}</summary><${O} certificate=${r} /></details>`)}`}
      ${!e.temporary&&s`<${G} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${i} />`}
    </section>
    ${e.previous&&s`<${Eo} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${we} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Dt(){let e=L("server-certificate");return s`
    <${A} group="Security">Server Certificates<//>
    <${R} from=${e}>${t=>s`<${Lo} shown=${t} reload=${e.reload} />`}<//>
  `}var re=(e,t)=>s`<a href=${"#/"+e}>${t}</a>`,Ro=({status:e,reload:t})=>s`
  ${e.clock.unset&&s`<${C} tone="bad" title="The phone's clock was never set">
    <p>${d(e.clock.says)}</p>
    ${e.clock.waits&&s`<p>${d(e.clock.waits)}</p>`}
    ${e.clock.time_server&&s`<p>${d(e.clock.time_server)}</p>`}
    ${e.clock.floor>e.clock.lowest_floor&&s`<${Do} clock=${e.clock} reload=${t} />`}
  <//>`}
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&s`<${C} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&s`<${C} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${re("security/server","Security > Server Certificates")}.</p>
  <//>`}
`;function Do({clock:e,reload:t}){let[o,n]=P();async function i(){await n(()=>g("PUT","clock/floor",{json:{to:e.lowest_floor}}))&&t()}return s`<${G} label="Lower the Floor…" question=${"Is the clock right, and has it not been "+k(e.floor)+" yet?"} yes="Lower it" busy=${o} act=${i} />`}var Uo=({status:e,reload:t})=>s`
  <${Ro} status=${e} reload=${t} />
  <section class="card">
    <h2>Phone</h2>
    <${H} rows=${[["Version",d(e.version)],["MAC",s`<code>${d(e.mac)}</code>`],["Page",e.page_urls.map(o=>s`<div>${d(o)}</div>`)],["Clock",k(e.clock.now)+(e.clock.by_time_server?", as a time server told it":"")]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${H} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":s`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",be[e.list]],["Uploaded",re("security/trusted",V(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":s`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${H} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":d(e.page_certificate.subject.text)],["Serial Number",s`<code>${X(e.page_certificate.serial_number)}</code>`],["Valid Until",k(e.page_certificate.not_after)+" ("+ve(e.page_certificate.days_left)+")"],["SHA-256",s`<code>${d(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${d(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&s`<p class="quiet">${k(e.provisioning.at)}</p>`}
    <p>${re("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Ut(){let e=L("status");return s`
    <${A}>Status<//>
    <${R} from=${e}>${t=>s`<${Uo} status=${t} reload=${e.reload} />`}<//>
  `}var Io={default:"0",custom:"1",all:"2"},Fo={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},It=({label:e,hint:t,on:o,change:n})=>s`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${i=>n(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Ft({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:i}=e,[r,c]=w(e),[u,p]=P(),l=m=>c({...r,...m});D(()=>c(e),[o,n,i]);async function _(m){m.preventDefault();let a={"static.security.trust_certificates":r.only_accept_trusted?"1":"0","static.security.ca_cert":Io[r.list],"static.security.cn_validation":r.check_name?"1":"0"};await p(()=>g("PUT","settings",{json:a}))&&t()}return s`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&s`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${It} label="Only Accept Trusted Certificates" on=${r.only_accept_trusted}
        change=${m=>l({only_accept_trusted:m})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(be).map(([m,a])=>s`
            <label class="choice" key=${m}>
              <input type="radio" name="list" value=${m} checked=${r.list===m} onChange=${()=>l({list:m})} />
              <span>${a}</span><span class="hint">${Fo[m]}</span>
            </label>
          `)}
      </fieldset>
      <${It} label="Common Name Validation" on=${r.check_name} change=${m=>l({check_name:m})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var Ho=({row:e})=>s`
  <details>
    <summary>Details</summary>
    <${H} rows=${[["Serial Number",s`<code>${X(e.serial)}</code>`],["SHA-256",s`<code>${d(e.sha256)}</code>`],["Valid Until",k(e.expires)],["Added",k(e.added)+", "+d(e.origin)]]} />
  </details>
`,jo=({row:e,marked:t,mark:o})=>s`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${N} text=${e.issued_to} /></span><${Ho} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${N} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${wt(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${d(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,Oo=["Index","Issued To","Issued By","Expiration","Delete"];function Mo({rows:e,reload:t}){let[o,n]=w([]),[i,r]=P(),c=(p,l)=>n(o.filter(_=>_!==p).concat(l?p:[]));async function u(){if(o.length===0)return E("Mark the certificates to delete first.","bad");await r(async()=>{for(let p of o)await g("DELETE","trusted/"+p);return{says:V(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?s`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:s`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Oo.map(p=>s`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>s`<${jo} key=${p.id} row=${p} marked=${o.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Wo=({trusted:e,reload:t})=>s`
  ${!e.only_accept_trusted&&s`<${C} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Mo} rows=${e.certificates} reload=${t} />
    <${we} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all." />
  </section>
  <${Ft} trusted=${e} reload=${t} />
`;function Ht(){let e=L("trusted");return s`
    <${A} group="Security">Trusted Certificates<//>
    <${R} from=${e}>${t=>s`<${Wo} trusted=${t} reload=${e.reload} />`}<//>
  `}var se=[{path:"status",title:"Status",Page:Ut},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ht},{path:"security/rejected",group:"Security",title:"Rejected Servers",Page:Et},{path:"security/server",group:"Security",title:"Server Certificates",Page:Dt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Nt},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function qo(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);if(o)return{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:o[1]};let n=/^security\/rejected\/(\d+)$/.exec(t);return n?{path:"security/rejected",title:"Rejected Server",Page:Lt,argument:n[1]}:se.find(i=>i.path===t)??se[0]}function jt(){let[e,t]=w(location.hash);return D(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),qo(e)}var Bo=[...new Set(se.map(e=>e.group))],Vo=({group:e,at:t})=>s`
  ${e&&s`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${se.filter(o=>o.group===e).map(o=>s`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Ot({at:e}){let[t,o]=w(!1);return D(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),s`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${Bo.map(n=>s`<${Vo} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Mt=({words:e,close:t})=>s`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&s`<p>${d(o)}</p>`)}</div>
    ${e.text&&s`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Go(){let[e,t]=w("asking");return D(()=>{mt(()=>{ne(""),t(o=>o==="in"?"ended":o)}),g("GET","session").then(o=>{ne(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>E(o.message,"bad"))},[]),[e,t]}function zo(){let[e,t]=w({text:""});yt(t);let[o,n]=Go(),i=jt(),r=U(),c=U(location.hash),u=o==="in";D(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),r.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(m){ne(m),t({text:""}),n("in")}async function l(){try{await g("DELETE","session")}catch(m){if(m.status!==401)return E(m.message,"bad")}ne(""),n("out"),E("You are logged out.")}function _(m){m.preventDefault(),r.current.querySelector("h1")?.focus()}return s`
    ${u&&s`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&s`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&s`<${Ot} at=${i.path} />`}
    <main ref=${r} class=${u?"":"alone"}>
      <${Mt} words=${e} close=${()=>t({text:""})} />
      ${u&&s`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(o==="out"||o==="ended")&&s`<${kt} ended=${o==="ended"} done=${p} />`}
    </main>
  `}tt(s`<${zo} />`,document.getElementById("page"));})();
