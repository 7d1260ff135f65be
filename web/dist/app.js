// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var fe,y,Be,Mt,M,Me,Ve,Ge,xe,ce,Z,ze,Pe,Ce,Te,Wt,pe={},de=[],jt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,he=Array.isArray;function O(e,t){for(var o in t)e[o]=t[o];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ee(e,t,o){var n,i,s,c={};for(s in t)s=="key"?n=t[s]:s=="ref"?i=t[s]:c[s]=t[s];if(arguments.length>2&&(c.children=arguments.length>3?fe.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(s in e.defaultProps)c[s]===void 0&&(c[s]=e.defaultProps[s]);return le(e,c,n,i,null)}function le(e,t,o,n,i){var s={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Be,__i:-1,__u:0};return i==null&&y.vnode!=null&&y.vnode(s),s}function G(e){return e.children}function ue(e,t){this.props=e,this.context=t}function j(e,t){if(t==null)return e.__?j(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?j(e):null}function qt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],i=[],s=O({},t);s.__v=t.__v+1,y.vnode&&y.vnode(s),Ne(e.__P,s,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??j(t),!!(32&t.__u),i),s.__v=t.__v,s.__.__k[s.__i]=s,Ze(n,s,i),t.__e=t.__=null,s.__e!=o&&Ke(s)}}function Ke(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ke(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||Me!=y.debounceRendering)&&((Me=y.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,qt(e)}finally{M.length=_e.__r=0}}function Ye(e,t,o,n,i,s,c,u,p,l,_){var h,a,f,m,w,v,x=n&&n.__k||de,$=t.length;for(p=Bt(o,t,x,p,$),h=0;h<$;h++)(f=o.__k[h])!=null&&(a=f.__i!=-1&&x[f.__i]||pe,f.__i=h,v=Ne(e,f,a,i,s,c,u,p,l,_),m=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Le(a.ref,null,f),_.push(f.ref,f.__c||m,f)),w==null&&m!=null&&(w=m),4&f.__u?(p=Xe(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:m&&(p=m.nextSibling),f.__u&=-7);return o.__e=w,p}function Bt(e,t,o,n,i){var s,c,u,p,l,_=o.length,h=_,a=0;for(e.__k=new Array(i),s=0;s<i;s++)(c=t[s])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[s]=le(null,c,null,null,null):he(c)?c=e.__k[s]=le(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[s]=le(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[s]=c,p=s+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Vt(c,o,p,h))!=-1&&(h--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[s]=null;if(h)for(s=0;s<_;s++)(u=o[s])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=j(u)),et(u,u));return n}function Xe(e,t,o){var n,i;if(typeof e.type=="function"){for(n=e.__k,i=0;n&&i<n.length;i++)n[i]&&(n[i].__=e,t=Xe(n[i],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=j(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Vt(e,t,o,n){var i,s,c,u=e.key,p=e.type,l=t[o],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return o;if(n>(_?1:0)){for(i=o-1,s=o+1;i>=0||s<t.length;)if((l=t[c=i>=0?i--:s++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function je(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||jt.test(t)?o:o+"px"}function ae(e,t,o,n,i){var s,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||je(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||je(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")s=t!=(t=t.replace(ze,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+s]=o,o?n?o[Z]=n[Z]:(o[Z]=Pe,e.addEventListener(t,s?Te:Ce,s)):e.removeEventListener(t,s?Te:Ce,s);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function qe(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[ce]==null)t[ce]=Pe++;else if(t[ce]<o[Z])return;return o(y.event?y.event(t):t)}}}function Ne(e,t,o,n,i,s,c,u,p,l){var _,h,a,f,m,w,v,x,$,F,X,W,J,Oe,ie,Se,R=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(p=!!(32&o.__u),s=[u=t.__e=o.__e]),(_=y.__b)&&_(t);e:if(typeof R=="function"){h=c.length;try{if($=t.props,F=R.prototype&&R.prototype.render,X=(_=R.contextType)&&n[_.__c],W=_?X?X.props.value:_.__:n,o.__c?x=(a=t.__c=o.__c).__=a.__E:(F?t.__c=a=new R($,W):(t.__c=a=new ue($,W),a.constructor=R,a.render=zt),X&&X.sub(a),a.state||(a.state={}),a.__n=n,f=a.__d=!0,a.__h=[],a._sb=[]),F&&a.__s==null&&(a.__s=a.state),F&&R.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=O({},a.__s)),O(a.__s,R.getDerivedStateFromProps($,a.__s))),m=a.props,w=a.state,a.__v=t,f)F&&R.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),F&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(F&&R.getDerivedStateFromProps==null&&$!==m&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps($,W),t.__v==o.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate($,a.__s,W)===!1){t.__v!=o.__v&&(a.props=$,a.state=a.__s,a.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(V){V&&(V.__=t)}),de.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=j(o);break e}a.componentWillUpdate!=null&&a.componentWillUpdate($,a.__s,W),F&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(m,w,v)})}if(a.context=W,a.props=$,a.__P=e,a.__e=!1,J=y.__r,Oe=0,F)a.state=a.__s,a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),de.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Oe<25);a.state=a.__s,a.getChildContext!=null&&(n=O(O({},n),a.getChildContext())),F&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(m,w)),ie=_!=null&&_.type===G&&_.key==null?Qe(_.props.children):_,u=Ye(e,he(ie)?ie:[ie],t,o,n,i,s,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),x&&(a.__E=a.__=null)}catch(V){if(c.length=h,t.__v=null,p||s!=null){if(V.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;s!=null&&(s[s.indexOf(u)]=null),t.__e=u}else if(s!=null)for(Se=s.length;Se--;)Ae(s[Se])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),V.then||Je(t),y.__e(V,t,o)}}else s==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=Gt(o.__e,t,o,n,i,s,c,p,l);return(_=y.diffed)&&_(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);y.__c&&y.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(s){s.call(i)})}catch(s){y.__e(s,i.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:he(e)?e.map(Qe):e.constructor!==void 0?null:O({},e)}function Gt(e,t,o,n,i,s,c,u,p){var l,_,h,a,f,m,w,v=o.props||pe,x=t.props,$=t.type;if($=="svg"?i="http://www.w3.org/2000/svg":$=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),s!=null){for(l=0;l<s.length;l++)if((f=s[l])&&"setAttribute"in f==!!$&&($?f.localName==$:f.nodeType==3)){e=f,s[l]=null;break}}if(e==null){if($==null)return document.createTextNode(x);e=document.createElementNS(i,$,x.is&&x),u&&(y.__m&&y.__m(t,s),u=!1),s=null}if($==null)v===x||u&&e.data==x||(e.data=x);else{if(s=$=="textarea"&&x.defaultValue!=null?null:s&&fe.call(e.childNodes),!u&&s!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?h=f:l=="children"||l in x||l=="value"&&"defaultValue"in x||l=="checked"&&"defaultChecked"in x||ae(e,l,null,f,i);for(l in x)f=x[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?_=f:l=="value"?m=f:l=="checked"?w=f:u&&typeof f!="function"||v[l]===f||ae(e,l,f,v[l],i);if(_)u||h&&(_.__html==h.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(h&&(e.innerHTML=""),Ye(t.type=="template"?e.content:e,he(a)?a:[a],t,o,n,$=="foreignObject"?"http://www.w3.org/1999/xhtml":i,s,c,s?s[0]:o.__k&&j(o,0),u,p),s!=null)for(l=s.length;l--;)Ae(s[l]);u&&$!="textarea"||(l="value",$=="progress"&&m==null?e.removeAttribute("value"):m!=null&&(m!==e[l]||$=="progress"&&!m||$=="option"&&m!=v[l])&&ae(e,l,m,v[l],i),l="checked",w!=null&&w!=e[l]&&ae(e,l,w,v[l],i))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(i){y.__e(i,o)}}function et(e,t,o){var n,i;if(y.unmount&&y.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(s){y.__e(s,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(i=0;i<n.length;i++)n[i]&&et(n[i],t,o||typeof e.type!="function");o||Ae(e.__e),e.__c=e.__=e.__e=void 0}function zt(e,t,o){return this.constructor(e,o)}function tt(e,t,o){var n,i,s,c;t==document&&(t=document.documentElement),y.__&&y.__(e,t),i=(n=typeof o=="function")?null:o&&o.__k||t.__k,s=[],c=[],Ne(t,e=(!n&&o||t).__k=Ee(G,null,[e]),i||pe,pe,t.namespaceURI,!n&&o?[o]:i?null:t.firstChild?fe.call(t.childNodes):null,s,!n&&o?o:i?i.__e:t.firstChild,n,c),Ze(s,e,c),e.props.children=null}fe=de.slice,y={__e:function(e,t,o,n){for(var i,s,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((s=i.constructor)&&s.getDerivedStateFromError!=null&&(i.setState(s.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,n||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Be=0,Mt=function(e){return e!=null&&e.constructor===void 0},ue.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},o),this.props)),e&&O(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},ue.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},ue.prototype.render=G,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),ce="__d"+xe,Z="__a"+xe,ze=/(PointerCapture)$|Capture$/i,Pe=0,Ce=qe(!1),Te=qe(!0),Wt=0;var Q,g,De,ot,ee=0,ut=[],k=y,nt=k.__b,st=k.__r,rt=k.diffed,it=k.__c,at=k.unmount,ct=k.__;function Ie(e,t){k.__h&&k.__h(g,e,ee||t),ee=0;var o=g.__H||(g.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function b(e){return ee=1,Kt(_t,e)}function Kt(e,t,o){var n=Ie(Q++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):_t(void 0,t),function(u){var p=n.__N?n.__N[0]:n.__[0],l=n.t(p,u);p!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=g,!g.__f)){var i=function(u,p,l){if(!n.__c.__H)return!0;var _=!1,h=n.__c.props!==u;if(n.__c.__H.__.some(function(f){if(f.__N){_=!0;var m=f.__[0];f.__=f.__N,f.__N=void 0,m!==f.__[0]&&(h=!0)}}),s){var a=s.call(this,u,p,l);return _?a||h:a}return!_||h};g.__f=!0;var s=g.shouldComponentUpdate,c=g.componentWillUpdate;g.componentWillUpdate=function(u,p,l){if(this.__e){var _=s;s=void 0,i(u,p,l),s=_}c&&c.call(this,u,p,l)},g.shouldComponentUpdate=i}return n.__N||n.__}function E(e,t){var o=Ie(Q++,3);!k.__s&&dt(o.__H,t)&&(o.__=e,o.u=t,g.__H.__h.push(o))}function I(e){return ee=5,pt(function(){return{current:e}},[])}function pt(e,t){var o=Ie(Q++,7);return dt(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function $e(e,t){return ee=8,pt(function(){return e},t)}function Yt(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(me),t.__h.some(Ue),t.__h=[]}catch(o){t.__h=[],k.__e(o,e.__v)}}}k.__b=function(e){g=null,nt&&nt(e)},k.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},k.__r=function(e){st&&st(e),Q=0;var t=(g=e.__c).__H;t&&(De===g?(t.__h=[],g.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some(me),t.__h.some(Ue),t.__h=[],Q=0)),De=g},k.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&ot===k.requestAnimationFrame||((ot=k.requestAnimationFrame)||Xt)(Yt)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),De=g=null},k.__c=function(e,t){t.some(function(o){try{o.__h.some(me),o.__h=o.__h.filter(function(n){return!n.__||Ue(n)})}catch(n){t.some(function(i){i.__h&&(i.__h=[])}),t=[],k.__e(n,o.__v)}}),it&&it(e,t)},k.unmount=function(e){at&&at(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{me(n)}catch(i){t=i}}),o.__H=void 0,t&&k.__e(t,o.__v))};var lt=typeof requestAnimationFrame=="function";function Xt(e){var t,o=function(){clearTimeout(n),lt&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);lt&&(t=requestAnimationFrame(o))}function me(e){var t=g,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),g=t}function Ue(e){var t=g;e.__c=e.__(),g=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function _t(e,t){return typeof t=="function"?t(e):t}var Fe="",ft=()=>{},ye=class extends Error{constructor(t,o,n){super(o),this.code=t,this.status=n}},ht=e=>ft=e,te=e=>Fe=e??"";function Jt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Zt(e){let{code:t="",says:o}=await e.json().catch(()=>({}));return new ye(t,Jt(o??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function S(e,t,{json:o,body:n,headers:i={}}={}){let s={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Fe&&(s.headers["X-CSRF-Token"]=Fe),o!==void 0&&(s.headers["Content-Type"]="application/json"),s.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,s)}catch{throw new ye("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Zt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function mt(e,t,o){let n=t.flatMap((i,s)=>s===0?[i]:[`
`,i]);return S("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(i=>i.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var $t=()=>{},yt=e=>$t=e,N=(e,t="good")=>$t({text:e,tone:t});function D(e){let[t,o]=b({}),n=$e(async()=>{try{let i=await S("GET",e);o({path:e,data:i})}catch(i){o({path:e,problem:i})}},[e]);return E(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function P(){let[e,t]=b(!1);async function o(n){N(""),t(!0);try{let i=await n();return i?.says&&N(i.says,i.tone),!0}catch(i){return N(i.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var i;t[0]=0;for(var s=1;s<t.length;s++){var c=t[s++],u=t[s]?(t[0]|=c?1:2,o[t[s++]]):t[++s];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++s]]=u:c===6?n[1][t[++s]]+=u+"":c?(i=e.apply(u,gt(e,u,o,["",null])),n.push(i),u[0]?t[0]|=2:(t[s-2]=0,t[s]=i)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,i,s=1,c="",u="",p=[0],l=function(a){s===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):s===3&&(a||c)?(p.push(3,a,c),s=2):s===2&&c==="..."&&a?p.push(4,a,0):s===2&&c&&!a?p.push(5,0,!0,c):s>=5&&((c||!a&&s===5)&&(p.push(s,0,c,i),s=6),a&&(p.push(s,a,0,i),s=6)),c=""},_=0;_<o.length;_++){_&&(s===1&&l(),l(_));for(var h=0;h<o[_].length;h++)n=o[_][h],s===1?n==="<"?(l(),p=[p],s=3):c+=n:s===4?c==="--"&&n===">"?(s=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),s=1):s&&(n==="="?(s=5,i=c,c=""):n==="/"&&(s<5||o[_][h+1]===">")?(l(),s===3&&(p=p[0]),s=p,(p=p[0]).push(2,0,s),s=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),s=2):c+=n),s===3&&c==="!--"&&(s=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var r=bt.bind(Ee);var Qt=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,eo=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(Qt,o=>t&&o===`
`?o:eo(o))}function C(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>C(e).split(" ")[0],q=(e,t)=>e+" "+t+(e===1?"":"s");function ve(e){return e<0?"expired":e===0?"less than a day left":q(e,"day")+" left"}var z=e=>d(e).replaceAll(":","").toUpperCase(),to={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function ge(e,t){return t==="server"&&e==="not-established"?{word:"No certificate",tone:"plain"}:to[e]??{word:d(e),tone:"warn"}}var be={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var L=({text:e})=>r`<bdi>${d(e)}</bdi>`,A=({group:e,children:t})=>r`
  <h1 tabindex="-1">${e&&r`<span class="group">${e} > </span>`}${t}</h1>
`,T=({tone:e,title:t,children:o})=>r`
  <div class=${"notice "+e}>
    ${t&&r`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,K=({decision:e,role:t})=>{let{word:o,tone:n}=ge(e,t);return r`<span class=${"decision "+n}>${o}</span>`};function U({from:e,children:t}){return e.problem?r`<${T} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):r`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var H=({rows:e})=>r`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>r`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function we({path:e,label:t,hint:o,several:n,done:i}){let s=I(),c=I(),[u,p]=b(!1),[l,_]=P(),h=$e(m=>{c.current=m,m?.focus()},[]);async function a(m){try{return await mt(e,m,c.current?.value)}catch(w){throw w.code?.startsWith("passphrase-")&&p(!0),w}}async function f(m){m.preventDefault();let w=[...s.current.files];if(w.length===0){N("Choose a file first.","bad"),s.current.focus();return}if(!await _(()=>a(w))){c.current?.select();return}s.current.value="",p(!1),i()}return r`
    <form class="upload" onSubmit=${f}>
      <label>${t}<input type="file" ref=${s} multiple=${n} onChange=${()=>p(!1)} /></label>
      ${u&&r`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${l}>${l?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
  `}function oe({label:e,question:t,yes:o,busy:n,act:i}){let[s,c]=b(!1),u=l=>l?.focus();return s?r`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:r`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Re=({label:e,name:t,autocomplete:o,field:n,hint:i})=>r`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&r`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function oo({chosen:e,again:t}){let o=[...e.value].length;return o<He?`The new password has ${o} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[o,n]=b(!1),[i,s]=P(),c=I(),u=I();E(()=>(o?u:c).current.focus(),[o]);async function p(l){l.preventDefault();let _=l.target,h=o?oo(_):"";if(h){N(h,"bad"),u.current.focus();return}let a={password:_.password.value};o&&(a.new_password=_.chosen.value),await s(async()=>{try{t((await S("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!o)return n(!0);throw c.current.select(),f}})}return r`
    <${A}>Log In<//>
    ${e&&r`<${T} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Re} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&r`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Re} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Re} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(d).join(", "),no=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,so=({shown:e})=>r`
  ${d(e.description)}
  ${e.pem&&r`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,Y=({certificate:e})=>r`
  <${H} rows=${[["Issued To",r`<${L} text=${e.subject.text} />`],["Issued By",r`<${L} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",r`<code>${z(e.serial_number)}</code>`],["Valid From",C(e.not_before)],["Valid Until",C(e.not_after)+" ("+ve(e.days_left)+")"],["Names",St(e.names.map(no))||"none"],["Public Key",r`<${so} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",r`<code>${d(e.sha256)}</code>`]]} />
`,ne=({subject:e})=>d(e.common_name||e.organization||e.text);var ro=({fix:e})=>r`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&r`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,io=({finding:e,said:t})=>{let{fix:o}=e;return r`
    <article class="finding">
      ${!t&&r`<p>${d(e.says)}</p>`}
      ${o?.say&&r`<p><strong>Next step:</strong> ${d(o.say)}</p>`}
      ${o?.pem&&r`<${ro} fix=${o} />`}
      ${o?.desk_phones?.length>0&&r`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${o.desk_phones.map(d).join(`
`)}</pre>
        ${o.desk_phones_note&&r`<p class="hint below">${d(o.desk_phones_note)}</p>`}`}
      <details>
        <summary>Details</summary>
        <p><code>${d(e.code)}</code></p>
        ${e.details&&r`<p class="quiet">${d(e.details)}</p>`}
      </details>
    </article>
  `},ke=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>r`<${io} key=${n} finding=${o} said=${o.says===e} />`);var ao=e=>(e/1e3).toFixed(1)+" ms",co=({toServer:e})=>r`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,lo=({step:e})=>r`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&r`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&r`<span class="tag">encrypted</span>`}
      ${e.failing&&r`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${co} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&r`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${ao(e.at_us)}</span>
    </p>
  </li>
`,uo=({step:e})=>r`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,po=({steps:e,encryptedFrom:t})=>r`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>r`
        <${G} key=${n}>
          ${n===t&&r`<${uo} step=${o} />`}
          <${lo} step=${o} />
        <//>
      `)}
  </ol>
`,_o=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:o})=>r`
  <${H} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+_o(e)]]} />
  ${e.steps.length===0?r`<p class="empty">Not one step of a handshake took place.</p>`:r`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(o):"This phone"}</span>
          <span>${t==="server"?"This phone":d(o)}</span>
        </div>
        <${po} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var fo=({certificates:e,role:t})=>r`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>r`
        <details key=${n} open=${n===0}>
          <summary>${ne(o)}</summary>
          <${Y} certificate=${o} />
        </details>
      `)}
  </section>
`,ho=({shown:e})=>r`
  <${T} tone=${ge(e.verdict.decision,e.role).tone}>
    <p class="notice-title">
      <${K} decision=${e.verdict.decision} role=${e.role} /> <${L} text=${e.server} />
    </p>
    <p>${d(e.verdict.headline)}</p>
    <p class="quiet">${C(e.at)}, ${d(e.service)}; the phone was the ${d(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&r`<section class="card">
    <h2>What was found</h2>
    <${ke} verdict=${e.verdict} />
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${xt} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&r`<${fo} certificates=${e.certificates} role=${e.role} />`}
`;function Ct({argument:e}){let t=D("connections/"+e);return r`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${U} from=${t}>${o=>r`<${ho} shown=${o} />`}<//>
  `}var mo=["Server","Service","Verdict","When"],$o=({row:e})=>r`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${L} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${K} decision=${e.decision} role=${e.role} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${C(e.at)}</td>
  </tr>
`,yo=({rows:e})=>e.length===0?r`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:r`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${mo.map(t=>r`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>r`<${$o} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=D("connections");return r`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${U} from=${e}>${({connections:t})=>r`<${yo} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&r`<h4>${e}</h4><ul class="lines">${t.map(o=>r`<li>${d(o)}</li>`)}</ul>`,vo=({file:e,summary:t})=>r`
  <li>
    <p><strong><${L} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&r`<p>${d(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&r`<p class="quiet">${q(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,go=({connection:e})=>r`
  <li>
    <p><${K} decision=${e.verdict.decision} /> <strong><${L} text=${e.server} /></strong></p>
    <p>${d(e.verdict.headline)}</p>
    <${ke} verdict=${e.verdict} />
  </li>
`,At=({report:e})=>r`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${T} tone=${e.applied?"good":"bad"} title=${d(e.summary)} />
    ${e.warnings.map(t=>r`<${T} tone="warn"><p>${d(t)}</p><//>`)}
    ${e.files.length>0&&r`<h3>Files</h3><ul class="entries">${e.files.map(t=>r`<${vo} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&r`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>r`<${go} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var B="static.auto_provision.server.",bo=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function wo({settings:e,reload:t}){let[o,n]=P(),i=I(),s=e[B+"password"]?.set;async function c(p){await n(()=>S("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:h}=i.current,a={url:e[B+"url"]?.value,username:e[B+"username"]?.value,password:""},f={url:l.value.trim(),username:_.value,password:h.value},m=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(m.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let w=Object.fromEntries(m.map(v=>[B+v,f[v]]));return c(w)}return r`
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
          placeholder=${s?"set; leave empty to keep it":"not set"} />
      </label>
      <p class="hint" id="password-state">
        ${s?"A password is set. It is never shown; type a new one to replace it.":"No password is set."}
      </p>
      <div class="buttons">
        <button disabled=${o}>Confirm</button>
        ${s&&r`<${oe} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[B+"password"]:null})} />`}
      </div>
    </form>
  `}function ko(){let[e,t]=b(),[o,n]=P();return r`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let s=await S("POST","provision");return t(s),{says:s.summary,tone:s.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&r`<${At} report=${e} />`}
  `}function Et(){let e=D("settings");return r`
    <${A} group="Settings">Auto Provision<//>
    <${U} from=${e}>
      ${t=>r`<${wo} settings=${bo(t)} reload=${e.reload} />`}
    <//>
    <${ko} />
  `}var Nt=({title:e,use:t})=>r`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?r`<br />${d(t.says)}`:""}</span>
  </li>
`;function So({previous:e,reload:t}){let[o,n]=P();async function i(){await n(()=>S("POST","server-certificate/undo"))&&t()}async function s(){await n(()=>S("DELETE","server-certificate/previous"))&&t()}return r`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${ne(e.certificate)}, uploaded ${C(e.added)}</summary>
        <${Y} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${i}>Go Back to the Previous Certificate</button>
        <${oe} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${s} />
      </p>
    </section>
  `}function xo({shown:e,reload:t}){let[o,n]=P();async function i(){await n(()=>S("DELETE","server-certificate"))&&t()}return r`
    ${e.temporary&&r`<${T} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${Y} certificate=${e.certificate} />
      <ul class="uses">
        <${Nt} title="As server certificate" use=${e.usable_as_server} />
        <${Nt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&r`<h3>Sent with it</h3>
        ${e.chain.map(s=>r`<details key=${s.sha256}><summary>${ne(s)}</summary><${Y} certificate=${s} /></details>`)}`}
      ${!e.temporary&&r`<${oe} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${i} />`}
    </section>
    ${e.previous&&r`<${So} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${we} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Lt(){let e=D("server-certificate");return r`
    <${A} group="Security">Server Certificates<//>
    <${U} from=${e}>${t=>r`<${xo} shown=${t} reload=${e.reload} />`}<//>
  `}var se=(e,t)=>r`<a href=${"#/"+e}>${t}</a>`,Co=({status:e})=>r`
  ${!e.only_accept_trusted&&r`<${T} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${se("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&r`<${T} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${se("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&r`<${T} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${se("security/server","Security > Server Certificates")}.</p>
  <//>`}
`,To=({status:e})=>r`
  <${Co} status=${e} />
  <section class="card">
    <h2>Phone</h2>
    <${H} rows=${[["Version",d(e.version)],["MAC",r`<code>${d(e.mac)}</code>`],["Page",e.page_urls.map(t=>r`<div>${d(t)}</div>`)]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${H} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":r`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",be[e.list]],["Uploaded",se("security/trusted",q(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":r`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${H} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":d(e.page_certificate.subject.text)],["Serial Number",r`<code>${z(e.page_certificate.serial_number)}</code>`],["Valid Until",C(e.page_certificate.not_after)+" ("+ve(e.page_certificate.days_left)+")"],["SHA-256",r`<code>${d(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${d(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&r`<p class="quiet">${C(e.provisioning.at)}</p>`}
    <p>${se("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Dt(){let e=D("status");return r`
    <${A}>Status<//>
    <${U} from=${e}>${t=>r`<${To} status=${t} />`}<//>
  `}var Po={default:"0",custom:"1",all:"2"},Ao={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Ut=({label:e,hint:t,on:o,change:n})=>r`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${i=>n(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function It({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:i}=e,[s,c]=b(e),[u,p]=P(),l=h=>c({...s,...h});E(()=>c(e),[o,n,i]);async function _(h){h.preventDefault();let a={"static.security.trust_certificates":s.only_accept_trusted?"1":"0","static.security.ca_cert":Po[s.list],"static.security.cn_validation":s.check_name?"1":"0"};await p(()=>S("PUT","settings",{json:a}))&&t()}return r`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&r`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Ut} label="Only Accept Trusted Certificates" on=${s.only_accept_trusted}
        change=${h=>l({only_accept_trusted:h})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(be).map(([h,a])=>r`
            <label class="choice" key=${h}>
              <input type="radio" name="list" value=${h} checked=${s.list===h} onChange=${()=>l({list:h})} />
              <span>${a}</span><span class="hint">${Ao[h]}</span>
            </label>
          `)}
      </fieldset>
      <${Ut} label="Common Name Validation" on=${s.check_name} change=${h=>l({check_name:h})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var Eo=({row:e})=>r`
  <details>
    <summary>Details</summary>
    <${H} rows=${[["Serial Number",r`<code>${z(e.serial)}</code>`],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Valid Until",C(e.expires)],["Added",C(e.added)+", "+d(e.origin)]]} />
  </details>
`,No=({row:e,marked:t,mark:o})=>r`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${L} text=${e.issued_to} /></span><${Eo} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${L} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${wt(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${d(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,Lo=["Index","Issued To","Issued By","Expiration","Delete"];function Do({rows:e,reload:t}){let[o,n]=b([]),[i,s]=P(),c=(p,l)=>n(o.filter(_=>_!==p).concat(l?p:[]));async function u(){if(o.length===0)return N("Mark the certificates to delete first.","bad");await s(async()=>{for(let p of o)await S("DELETE","trusted/"+p);return{says:q(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?r`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:r`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Lo.map(p=>r`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>r`<${No} key=${p.id} row=${p} marked=${o.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Uo=({trusted:e,reload:t})=>r`
  ${!e.only_accept_trusted&&r`<${T} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Do} rows=${e.certificates} reload=${t} />
    <${we} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all." />
  </section>
  <${It} trusted=${e} reload=${t} />
`;function Ft(){let e=D("trusted");return r`
    <${A} group="Security">Trusted Certificates<//>
    <${U} from=${e}>${t=>r`<${Uo} trusted=${t} reload=${e.reload} />`}<//>
  `}var re=[{path:"status",title:"Status",Page:Dt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Lt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Et},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function Io(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);return o?{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:o[1]}:re.find(n=>n.path===t)??re[0]}function Rt(){let[e,t]=b(location.hash);return E(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),Io(e)}var Fo=[...new Set(re.map(e=>e.group))],Ro=({group:e,at:t})=>r`
  ${e&&r`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${re.filter(o=>o.group===e).map(o=>r`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Ht({at:e}){let[t,o]=b(!1);return E(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),r`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${Fo.map(n=>r`<${Ro} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Ot=({words:e,close:t})=>r`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&r`<p>${d(o)}</p>`)}</div>
    ${e.text&&r`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Ho(){let[e,t]=b("asking");return E(()=>{ht(()=>{te(""),t(o=>o==="in"?"ended":o)}),S("GET","session").then(o=>{te(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>N(o.message,"bad"))},[]),[e,t]}function Oo(){let[e,t]=b({text:""});yt(t);let[o,n]=Ho(),i=Rt(),s=I(),c=I(location.hash),u=o==="in";E(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),s.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(h){te(h),t({text:""}),n("in")}async function l(){try{await S("DELETE","session")}catch(h){if(h.status!==401)return N(h.message,"bad")}te(""),n("out"),N("You are logged out.")}function _(h){h.preventDefault(),s.current.querySelector("h1")?.focus()}return r`
    ${u&&r`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&r`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&r`<${Ht} at=${i.path} />`}
    <main ref=${s} class=${u?"":"alone"}>
      <${Ot} words=${e} close=${()=>t({text:""})} />
      ${u&&r`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(o==="out"||o==="ended")&&r`<${kt} ended=${o==="ended"} done=${p} />`}
    </main>
  `}tt(r`<${Oo} />`,document.getElementById("page"));})();
