// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var he,y,Be,Wt,M,Me,Ve,Ge,xe,le,ee,Ke,Pe,Ce,Te,qt,de={},_e=[],jt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,me=Array.isArray;function O(e,t){for(var o in t)e[o]=t[o];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ee(e,t,o){var n,i,s,c={};for(s in t)s=="key"?n=t[s]:s=="ref"?i=t[s]:c[s]=t[s];if(arguments.length>2&&(c.children=arguments.length>3?he.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(s in e.defaultProps)c[s]===void 0&&(c[s]=e.defaultProps[s]);return ue(e,c,n,i,null)}function ue(e,t,o,n,i){var s={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Be,__i:-1,__u:0};return i==null&&y.vnode!=null&&y.vnode(s),s}function K(e){return e.children}function pe(e,t){this.props=e,this.context=t}function q(e,t){if(t==null)return e.__?q(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?q(e):null}function Bt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],i=[],s=O({},t);s.__v=t.__v+1,y.vnode&&y.vnode(s),Ne(e.__P,s,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??q(t),!!(32&t.__u),i),s.__v=t.__v,s.__.__k[s.__i]=s,Ze(n,s,i),t.__e=t.__=null,s.__e!=o&&ze(s)}}function ze(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),ze(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!fe.__r++||Me!=y.debounceRendering)&&((Me=y.debounceRendering)||Ve)(fe)}function fe(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,Bt(e)}finally{M.length=fe.__r=0}}function Ye(e,t,o,n,i,s,c,u,p,l,_){var h,a,f,m,w,v,C=n&&n.__k||_e,$=t.length;for(p=Vt(o,t,C,p,$),h=0;h<$;h++)(f=o.__k[h])!=null&&(a=f.__i!=-1&&C[f.__i]||de,f.__i=h,v=Ne(e,f,a,i,s,c,u,p,l,_),m=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Le(a.ref,null,f),_.push(f.ref,f.__c||m,f)),w==null&&m!=null&&(w=m),4&f.__u?(p=Xe(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:m&&(p=m.nextSibling),f.__u&=-7);return o.__e=w,p}function Vt(e,t,o,n,i){var s,c,u,p,l,_=o.length,h=_,a=0;for(e.__k=new Array(i),s=0;s<i;s++)(c=t[s])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[s]=ue(null,c,null,null,null):me(c)?c=e.__k[s]=ue(K,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[s]=ue(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[s]=c,p=s+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Gt(c,o,p,h))!=-1&&(h--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[s]=null;if(h)for(s=0;s<_;s++)(u=o[s])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=q(u)),et(u,u));return n}function Xe(e,t,o){var n,i;if(typeof e.type=="function"){for(n=e.__k,i=0;n&&i<n.length;i++)n[i]&&(n[i].__=e,t=Xe(n[i],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=q(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Gt(e,t,o,n){var i,s,c,u=e.key,p=e.type,l=t[o],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return o;if(n>(_?1:0)){for(i=o-1,s=o+1;i>=0||s<t.length;)if((l=t[c=i>=0?i--:s++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function qe(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||jt.test(t)?o:o+"px"}function ce(e,t,o,n,i){var s,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||qe(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||qe(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")s=t!=(t=t.replace(Ke,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+s]=o,o?n?o[ee]=n[ee]:(o[ee]=Pe,e.addEventListener(t,s?Te:Ce,s)):e.removeEventListener(t,s?Te:Ce,s);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function je(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[le]==null)t[le]=Pe++;else if(t[le]<o[ee])return;return o(y.event?y.event(t):t)}}}function Ne(e,t,o,n,i,s,c,u,p,l){var _,h,a,f,m,w,v,C,$,F,Z,W,Q,Oe,ae,Se,H=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(p=!!(32&o.__u),s=[u=t.__e=o.__e]),(_=y.__b)&&_(t);e:if(typeof H=="function"){h=c.length;try{if($=t.props,F=H.prototype&&H.prototype.render,Z=(_=H.contextType)&&n[_.__c],W=_?Z?Z.props.value:_.__:n,o.__c?C=(a=t.__c=o.__c).__=a.__E:(F?t.__c=a=new H($,W):(t.__c=a=new pe($,W),a.constructor=H,a.render=zt),Z&&Z.sub(a),a.state||(a.state={}),a.__n=n,f=a.__d=!0,a.__h=[],a._sb=[]),F&&a.__s==null&&(a.__s=a.state),F&&H.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=O({},a.__s)),O(a.__s,H.getDerivedStateFromProps($,a.__s))),m=a.props,w=a.state,a.__v=t,f)F&&H.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),F&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(F&&H.getDerivedStateFromProps==null&&$!==m&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps($,W),t.__v==o.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate($,a.__s,W)===!1){t.__v!=o.__v&&(a.props=$,a.state=a.__s,a.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(G){G&&(G.__=t)}),_e.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=q(o);break e}a.componentWillUpdate!=null&&a.componentWillUpdate($,a.__s,W),F&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(m,w,v)})}if(a.context=W,a.props=$,a.__P=e,a.__e=!1,Q=y.__r,Oe=0,F)a.state=a.__s,a.__d=!1,Q&&Q(t),_=a.render(a.props,a.state,a.context),_e.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,Q&&Q(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Oe<25);a.state=a.__s,a.getChildContext!=null&&(n=O(O({},n),a.getChildContext())),F&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(m,w)),ae=_!=null&&_.type===K&&_.key==null?Qe(_.props.children):_,u=Ye(e,me(ae)?ae:[ae],t,o,n,i,s,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),C&&(a.__E=a.__=null)}catch(G){if(c.length=h,t.__v=null,p||s!=null){if(G.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;s!=null&&(s[s.indexOf(u)]=null),t.__e=u}else if(s!=null)for(Se=s.length;Se--;)Ae(s[Se])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),G.then||Je(t),y.__e(G,t,o)}}else s==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=Kt(o.__e,t,o,n,i,s,c,p,l);return(_=y.diffed)&&_(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,o){for(var n=0;n<o.length;n++)Le(o[n],o[++n],o[++n]);y.__c&&y.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(s){s.call(i)})}catch(s){y.__e(s,i.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:me(e)?e.map(Qe):e.constructor!==void 0?null:O({},e)}function Kt(e,t,o,n,i,s,c,u,p){var l,_,h,a,f,m,w,v=o.props||de,C=t.props,$=t.type;if($=="svg"?i="http://www.w3.org/2000/svg":$=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),s!=null){for(l=0;l<s.length;l++)if((f=s[l])&&"setAttribute"in f==!!$&&($?f.localName==$:f.nodeType==3)){e=f,s[l]=null;break}}if(e==null){if($==null)return document.createTextNode(C);e=document.createElementNS(i,$,C.is&&C),u&&(y.__m&&y.__m(t,s),u=!1),s=null}if($==null)v===C||u&&e.data==C||(e.data=C);else{if(s=$=="textarea"&&C.defaultValue!=null?null:s&&he.call(e.childNodes),!u&&s!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?h=f:l=="children"||l in C||l=="value"&&"defaultValue"in C||l=="checked"&&"defaultChecked"in C||ce(e,l,null,f,i);for(l in C)f=C[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?_=f:l=="value"?m=f:l=="checked"?w=f:u&&typeof f!="function"||v[l]===f||ce(e,l,f,v[l],i);if(_)u||h&&(_.__html==h.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(h&&(e.innerHTML=""),Ye(t.type=="template"?e.content:e,me(a)?a:[a],t,o,n,$=="foreignObject"?"http://www.w3.org/1999/xhtml":i,s,c,s?s[0]:o.__k&&q(o,0),u,p),s!=null)for(l=s.length;l--;)Ae(s[l]);u&&$!="textarea"||(l="value",$=="progress"&&m==null?e.removeAttribute("value"):m!=null&&(m!==e[l]||$=="progress"&&!m||$=="option"&&m!=v[l])&&ce(e,l,m,v[l],i),l="checked",w!=null&&w!=e[l]&&ce(e,l,w,v[l],i))}return e}function Le(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(i){y.__e(i,o)}}function et(e,t,o){var n,i;if(y.unmount&&y.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Le(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(s){y.__e(s,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(i=0;i<n.length;i++)n[i]&&et(n[i],t,o||typeof e.type!="function");o||Ae(e.__e),e.__c=e.__=e.__e=void 0}function zt(e,t,o){return this.constructor(e,o)}function tt(e,t,o){var n,i,s,c;t==document&&(t=document.documentElement),y.__&&y.__(e,t),i=(n=typeof o=="function")?null:o&&o.__k||t.__k,s=[],c=[],Ne(t,e=(!n&&o||t).__k=Ee(K,null,[e]),i||de,de,t.namespaceURI,!n&&o?[o]:i?null:t.firstChild?he.call(t.childNodes):null,s,!n&&o?o:i?i.__e:t.firstChild,n,c),Ze(s,e,c),e.props.children=null}he=_e.slice,y={__e:function(e,t,o,n){for(var i,s,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((s=i.constructor)&&s.getDerivedStateFromError!=null&&(i.setState(s.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,n||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Be=0,Wt=function(e){return e!=null&&e.constructor===void 0},pe.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},o),this.props)),e&&O(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},pe.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},pe.prototype.render=K,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},fe.__r=0,xe=Math.random().toString(8),le="__d"+xe,ee="__a"+xe,Ke=/(PointerCapture)$|Capture$/i,Pe=0,Ce=je(!1),Te=je(!0),qt=0;var te,b,De,ot,oe=0,ut=[],S=y,nt=S.__b,st=S.__r,rt=S.diffed,it=S.__c,at=S.unmount,ct=S.__;function Re(e,t){S.__h&&S.__h(b,e,oe||t),oe=0;var o=b.__H||(b.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function k(e){return oe=1,Yt(_t,e)}function Yt(e,t,o){var n=Re(te++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):_t(void 0,t),function(u){var p=n.__N?n.__N[0]:n.__[0],l=n.t(p,u);p!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=b,!b.__f)){var i=function(u,p,l){if(!n.__c.__H)return!0;var _=!1,h=n.__c.props!==u;if(n.__c.__H.__.some(function(f){if(f.__N){_=!0;var m=f.__[0];f.__=f.__N,f.__N=void 0,m!==f.__[0]&&(h=!0)}}),s){var a=s.call(this,u,p,l);return _?a||h:a}return!_||h};b.__f=!0;var s=b.shouldComponentUpdate,c=b.componentWillUpdate;b.componentWillUpdate=function(u,p,l){if(this.__e){var _=s;s=void 0,i(u,p,l),s=_}c&&c.call(this,u,p,l)},b.shouldComponentUpdate=i}return n.__N||n.__}function D(e,t){var o=Re(te++,3);!S.__s&&dt(o.__H,t)&&(o.__=e,o.u=t,b.__H.__h.push(o))}function I(e){return oe=5,pt(function(){return{current:e}},[])}function pt(e,t){var o=Re(te++,7);return dt(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function ye(e,t){return oe=8,pt(function(){return e},t)}function Xt(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some($e),t.__h.some(Ue),t.__h=[]}catch(o){t.__h=[],S.__e(o,e.__v)}}}S.__b=function(e){b=null,nt&&nt(e)},S.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},S.__r=function(e){st&&st(e),te=0;var t=(b=e.__c).__H;t&&(De===b?(t.__h=[],b.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some($e),t.__h.some(Ue),t.__h=[],te=0)),De=b},S.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&ot===S.requestAnimationFrame||((ot=S.requestAnimationFrame)||Jt)(Xt)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),De=b=null},S.__c=function(e,t){t.some(function(o){try{o.__h.some($e),o.__h=o.__h.filter(function(n){return!n.__||Ue(n)})}catch(n){t.some(function(i){i.__h&&(i.__h=[])}),t=[],S.__e(n,o.__v)}}),it&&it(e,t)},S.unmount=function(e){at&&at(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{$e(n)}catch(i){t=i}}),o.__H=void 0,t&&S.__e(t,o.__v))};var lt=typeof requestAnimationFrame=="function";function Jt(e){var t,o=function(){clearTimeout(n),lt&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);lt&&(t=requestAnimationFrame(o))}function $e(e){var t=b,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),b=t}function Ue(e){var t=b;e.__c=e.__(),b=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function _t(e,t){return typeof t=="function"?t(e):t}var Ie="",ft=()=>{},ve=class extends Error{constructor(t,o,n){super(o),this.code=t,this.status=n}},ht=e=>ft=e,ne=e=>Ie=e??"";function Zt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Qt(e){let{code:t="",says:o}=await e.json().catch(()=>({}));return new ve(t,Zt(o??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function g(e,t,{json:o,body:n,headers:i={}}={}){let s={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(s.headers["X-CSRF-Token"]=Ie),o!==void 0&&(s.headers["Content-Type"]="application/json"),s.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,s)}catch{throw new ve("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Qt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function mt(e,t,o){let n=t.flatMap((i,s)=>s===0?[i]:[`
`,i]);return g("POST",e,{body:t.length===1?t[0]:new Blob(n),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(i=>i.name).join(" + ")),...o&&{"X-Passphrase":encodeURIComponent(o)}}})}var $t=()=>{},yt=e=>$t=e,U=(e,t="good")=>$t({text:e,tone:t});function N(e){let[t,o]=k({}),n=ye(async()=>{try{let i=await g("GET",e);o({path:e,data:i})}catch(i){o({path:e,problem:i})}},[e]);return D(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function T(){let[e,t]=k(!1);async function o(n){U(""),t(!0);try{let i=await n();return i?.says&&U(i.says,i.tone),!0}catch(i){return U(i.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var i;t[0]=0;for(var s=1;s<t.length;s++){var c=t[s++],u=t[s]?(t[0]|=c?1:2,o[t[s++]]):t[++s];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++s]]=u:c===6?n[1][t[++s]]+=u+"":c?(i=e.apply(u,gt(e,u,o,["",null])),n.push(i),u[0]?t[0]|=2:(t[s-2]=0,t[s]=i)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,i,s=1,c="",u="",p=[0],l=function(a){s===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):s===3&&(a||c)?(p.push(3,a,c),s=2):s===2&&c==="..."&&a?p.push(4,a,0):s===2&&c&&!a?p.push(5,0,!0,c):s>=5&&((c||!a&&s===5)&&(p.push(s,0,c,i),s=6),a&&(p.push(s,a,0,i),s=6)),c=""},_=0;_<o.length;_++){_&&(s===1&&l(),l(_));for(var h=0;h<o[_].length;h++)n=o[_][h],s===1?n==="<"?(l(),p=[p],s=3):c+=n:s===4?c==="--"&&n===">"?(s=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),s=1):s&&(n==="="?(s=5,i=c,c=""):n==="/"&&(s<5||o[_][h+1]===">")?(l(),s===3&&(p=p[0]),s=p,(p=p[0]).push(2,0,s),s=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),s=2):c+=n),s===3&&c==="!--"&&(s=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var r=bt.bind(Ee);var eo=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,to=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(eo,o=>t&&o===`
`?o:to(o))}function x(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var kt=e=>x(e).split(" ")[0],j=(e,t)=>e+" "+t+(e===1?"":"s");function ge(e){return e<0?"expired":e===0?"less than a day left":j(e,"day")+" left"}var z=e=>d(e).replaceAll(":","").toUpperCase(),oo={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function be(e){return e===null?{word:"Not judged",tone:"plain"}:oo[e]??{word:d(e),tone:"warn"}}var ke={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var E=({text:e})=>r`<bdi>${d(e)}</bdi>`,P=({group:e,children:t})=>r`
  <h1 tabindex="-1">${e&&r`<span class="group">${e} > </span>`}${t}</h1>
`,A=({tone:e,title:t,children:o})=>r`
  <div class=${"notice "+e}>
    ${t&&r`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,Y=({decision:e})=>{let{word:t,tone:o}=be(e);return r`<span class=${"decision "+o}>${t}</span>`};function L({from:e,children:t}){return e.problem?r`<${A} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):r`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var R=({rows:e})=>r`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>r`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function X({path:e,label:t,hint:o,several:n,done:i}){let s=I(),c=I(),[u,p]=k(!1),[l,_]=T(),h=ye(m=>{c.current=m,m?.focus()},[]);async function a(m){try{return await mt(e,m,c.current?.value)}catch(w){throw w.code?.startsWith("passphrase-")&&p(!0),w}}async function f(m){m.preventDefault();let w=[...s.current.files];if(w.length===0){U("Choose a file first.","bad"),s.current.focus();return}if(!await _(()=>a(w))){c.current?.select();return}s.current.value="",p(!1),i()}return r`
    <form class="upload" onSubmit=${f}>
      <label>${t}<input type="file" ref=${s} multiple=${n} onChange=${()=>p(!1)} /></label>
      ${u&&r`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${l}>${l?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
  `}function B({label:e,question:t,yes:o,busy:n,act:i}){let[s,c]=k(!1),u=l=>l?.focus();return s?r`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${o}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:r`<button type="button" class="plain" disabled=${n} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Fe=({label:e,name:t,autocomplete:o,field:n,hint:i})=>r`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${o} ref=${n} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&r`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function no({chosen:e,again:t}){let o=[...e.value].length;return o<He?`The new password has ${o} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function wt({ended:e,done:t}){let[o,n]=k(!1),[i,s]=T(),c=I(),u=I();D(()=>(o?u:c).current.focus(),[o]);async function p(l){l.preventDefault();let _=l.target,h=o?no(_):"";if(h){U(h,"bad"),u.current.focus();return}let a={password:_.password.value};o&&(a.new_password=_.chosen.value),await s(async()=>{try{t((await g("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!o)return n(!0);throw c.current.select(),f}})}return r`
    <${P}>Log In<//>
    ${e&&r`<${A} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Fe} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${o&&r`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Fe} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Fe} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(d).join(", "),so=({kind:e,value:t,shown:o})=>e==="dns"||e==="ip"?o??t:e+" "+t,ro=({shown:e})=>r`
  ${d(e.description)}
  ${e.pem&&r`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,J=({certificate:e})=>r`
  <${R} rows=${[["Issued To",r`<${E} text=${e.subject.text} />`],["Issued By",r`<${E} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",r`<code>${z(e.serial_number)}</code>`],["Valid From",x(e.not_before)],["Valid Until",x(e.not_after)+" ("+ge(e.days_left)+")"],["Names",St(e.names.map(so))||"none"],["Public Key",r`<${ro} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",r`<code>${d(e.sha256)}</code>`]]} />
`,se=({subject:e})=>d(e.common_name||e.organization||e.text);var io=({fix:e})=>r`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&r`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,ao=({finding:e,said:t})=>{let{fix:o}=e;return r`
    <article class="finding">
      ${!t&&r`<p>${d(e.says)}</p>`}
      ${o?.say&&r`<p><strong>Next step:</strong> ${d(o.say)}</p>`}
      ${o?.pem&&r`<${io} fix=${o} />`}
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
  `},we=({verdict:{headline:e,findings:t}})=>t.map((o,n)=>r`<${ao} key=${n} finding=${o} said=${o.says===e} />`);var co=e=>(e/1e3).toFixed(1)+" ms",lo=({toServer:e})=>r`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,uo=({step:e})=>r`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&r`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&r`<span class="tag">encrypted</span>`}
      ${e.failing&&r`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${lo} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&r`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${co(e.at_us)}</span>
    </p>
  </li>
`,po=({step:e})=>r`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,_o=({steps:e,encryptedFrom:t})=>r`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>r`
        <${K} key=${n}>
          ${n===t&&r`<${po} step=${o} />`}
          <${uo} step=${o} />
        <//>
      `)}
  </ol>
`,fo=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:o})=>r`
  <${R} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+fo(e)]]} />
  ${e.steps.length===0?r`<p class="empty">Not one step of a handshake took place.</p>`:r`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(o):"This phone"}</span>
          <span>${t==="server"?"This phone":d(o)}</span>
        </div>
        <${_o} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var ho=({certificates:e,role:t})=>r`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>r`
        <details key=${n} open=${n===0}>
          <summary>${se(o)}</summary>
          <${J} certificate=${o} />
        </details>
      `)}
  </section>
`,mo=({shown:e})=>r`
  <${A} tone=${be(e.verdict.decision).tone}>
    <p class="notice-title">
      <${Y} decision=${e.verdict.decision} /> <${E} text=${e.server} />
    </p>
    <p>${d(e.verdict.headline)}</p>
    <p class="quiet">${x(e.at)}, ${d(e.service)}; the phone was the ${d(e.role)}.</p>
  <//>
  ${e.verdict.findings.length>0&&r`<section class="card">
    <h2>What was found</h2>
    <${we} verdict=${e.verdict} />
  </section>`}
  ${e.own_certificate&&r`<section class="card">
    <h2>This phone's certificate</h2>
    <p>${d(e.own_certificate.says)}</p>
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${xt} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&r`<${ho} certificates=${e.certificates} role=${e.role} />`}
`;function Ct({argument:e}){let t=N("connections/"+e);return r`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${P} group="Diagnostics">Connection<//>
    <${L} from=${t}>${o=>r`<${mo} shown=${o} />`}<//>
  `}var $o=["Server","Service","Verdict","When"],yo=({row:e})=>r`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${E} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${Y} decision=${e.decision} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${x(e.at)}</td>
  </tr>
`,vo=({rows:e})=>e.length===0?r`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:r`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${$o.map(t=>r`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>r`<${yo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=N("connections");return r`
    <${P} group="Diagnostics">Connections<//>
    <section class="card">
      <${L} from=${e}>${({connections:t})=>r`<${vo} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&r`<h4>${e}</h4><ul class="lines">${t.map(o=>r`<li>${d(o)}</li>`)}</ul>`,go=({file:e,summary:t})=>r`
  <li>
    <p><strong><${E} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&r`<p>${d(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&r`<p class="quiet">${j(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,bo=({connection:e})=>r`
  <li>
    <p><${Y} decision=${e.verdict.decision} /> <strong><${E} text=${e.server} /></strong></p>
    <p>${d(e.verdict.headline)}</p>
    <${we} verdict=${e.verdict} />
  </li>
`,At=({report:e})=>r`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${A} tone=${e.applied?"good":"bad"} title=${d(e.summary)} />
    ${e.warnings.map(t=>r`<${A} tone="warn"><p>${d(t)}</p><//>`)}
    ${e.files.length>0&&r`<h3>Files</h3><ul class="entries">${e.files.map(t=>r`<${go} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&r`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>r`<${bo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var V="static.auto_provision.server.",ko=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function wo({settings:e,reload:t}){let[o,n]=T(),i=I(),s=e[V+"password"]?.set;async function c(p){await n(()=>g("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:h}=i.current,a={url:e[V+"url"]?.value,username:e[V+"username"]?.value,password:""},f={url:l.value.trim(),username:_.value,password:h.value},m=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(m.length===0)return n(()=>({says:"Nothing was changed here, so all stays as it is."}));let w=Object.fromEntries(m.map(v=>[V+v,f[v]]));return c(w)}return r`
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
          placeholder=${s?"set; leave empty to keep it":"not set"} />
      </label>
      <p class="hint" id="password-state">
        ${s?"A password is set. It is never shown; type a new one to replace it.":"No password is set."}
      </p>
      <div class="buttons">
        <button disabled=${o}>Confirm</button>
        ${s&&r`<${B} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[V+"password"]:null})} />`}
      </div>
    </form>
  `}function So(){let[e,t]=k(),[o,n]=T();return r`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let s=await g("POST","provision");return t(s),{says:s.summary,tone:s.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&r`<${At} report=${e} />`}
  `}function Et(){let e=N("settings");return r`
    <${P} group="Settings">Auto Provision<//>
    <${L} from=${e}>
      ${t=>r`<${wo} settings=${ko(t)} reload=${e.reload} />`}
    <//>
    <${So} />
  `}function xo({row:e,reload:t}){let[o,n]=T(),i=async()=>await n(()=>g("DELETE","revocation-lists/"+e.id))&&t();return r`
    <section class="card">
      <h2><${E} text=${e.issuer} /></h2>
      ${e.remark&&r`<p class="bad-text">${d(e.remark)}</p>`}
      <${R} rows=${[["Of",x(e.this_update)],["Until",e.next_update?x(e.next_update):"no date given"],["Revoked",String(e.entries)],["Kind",e.delta?"changes to another list":""],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Added",x(e.added)+", "+d(e.origin)]]} />
      <${B} label="Delete" question="What this list revokes will be revoked no more." yes="Delete it"
        busy=${o} act=${i} />
    </section>
  `}function Co({required:e,reload:t}){let[o,n]=T();return r`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${e} disabled=${o} onChange=${async s=>{let c={"sealtone.security.revocation_required":s.target.checked?"1":"0"};await n(()=>g("PUT","settings",{json:c})),t()}} />
      <span>Refuse What Is Not Known</span>
      <span class="hint">On: a server is refused if neither a list here nor an answer that it sends along (OCSP) covers its certificates. Off: only if one of them calls a certificate revoked.</span>
    </label>
  `}var To=({shown:e,reload:t})=>r`
  <section class="card">
    <h2>Lists of revoked certificates</h2>
    ${e.lists.length===0&&r`<p class="empty">No list yet. None is fetched: get them from your servers' authority.</p>`}
    <${X} path="revocation-lists" label="Revocation list file" done=${t}
      hint="A .crl or .pem file. A newer list of the same authority takes the place of the one before." />
    <${Co} required=${e.required} reload=${t} />
  </section>
  ${e.lists.map(o=>r`<${xo} key=${o.id} row=${o} reload=${t} />`)}
`;function Nt(){let e=N("revocation-lists");return r`
    <${P} group="Security">Revocation Lists<//>
    <${L} from=${e}>${t=>r`<${To} shown=${t} reload=${e.reload} />`}<//>
  `}var Lt=({title:e,use:t})=>r`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?r`<br />${d(t.says)}`:""}</span>
  </li>
`;function Po({previous:e,reload:t}){let[o,n]=T();async function i(){await n(()=>g("POST","server-certificate/undo"))&&t()}async function s(){await n(()=>g("DELETE","server-certificate/previous"))&&t()}return r`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${se(e.certificate)}, uploaded ${x(e.added)}</summary>
        <${J} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${o} onClick=${i}>Go Back to the Previous Certificate</button>
        <${B} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${o} act=${s} />
      </p>
    </section>
  `}function Ao({shown:e,reload:t}){let[o,n]=T();async function i(){await n(()=>g("DELETE","server-certificate"))&&t()}return r`
    ${e.temporary&&r`<${A} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${J} certificate=${e.certificate} />
      <ul class="uses">
        <${Lt} title="As server certificate" use=${e.usable_as_server} />
        <${Lt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&r`<h3>Sent with it</h3>
        ${e.chain.map(s=>r`<details key=${s.sha256}><summary>${se(s)}</summary><${J} certificate=${s} /></details>`)}`}
      ${!e.temporary&&r`<${B} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${i} />`}
    </section>
    ${e.previous&&r`<${Po} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${X} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Dt(){let e=N("server-certificate");return r`
    <${P} group="Security">Server Certificates<//>
    <${L} from=${e}>${t=>r`<${Ao} shown=${t} reload=${e.reload} />`}<//>
  `}var re=(e,t)=>r`<a href=${"#/"+e}>${t}</a>`,Eo=({status:e})=>r`
  ${!e.only_accept_trusted&&r`<${A} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&r`<${A} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${re("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&r`<${A} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${re("security/server","Security > Server Certificates")}.</p>
  <//>`}
`,No=({status:e})=>r`
  <${Eo} status=${e} />
  <section class="card">
    <h2>Phone</h2>
    <${R} rows=${[["Version",d(e.version)],["MAC",r`<code>${d(e.mac)}</code>`],["Page",e.page_urls.map(t=>r`<div>${d(t)}</div>`)]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${R} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":r`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ke[e.list]],["Uploaded",re("security/trusted",j(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":r`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${R} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":d(e.page_certificate.subject.text)],["Serial Number",r`<code>${z(e.page_certificate.serial_number)}</code>`],["Valid Until",x(e.page_certificate.not_after)+" ("+ge(e.page_certificate.days_left)+")"],["SHA-256",r`<code>${d(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${d(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&r`<p class="quiet">${x(e.provisioning.at)}</p>`}
    <p>${re("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Ut(){let e=N("status");return r`
    <${P}>Status<//>
    <${L} from=${e}>${t=>r`<${No} status=${t} />`}<//>
  `}var Lo={default:"0",custom:"1",all:"2"},Do={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Rt=({label:e,hint:t,on:o,change:n})=>r`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${i=>n(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function It({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:i}=e,[s,c]=k(e),[u,p]=T(),l=h=>c({...s,...h});D(()=>c(e),[o,n,i]);async function _(h){h.preventDefault();let a={"static.security.trust_certificates":s.only_accept_trusted?"1":"0","static.security.ca_cert":Lo[s.list],"static.security.cn_validation":s.check_name?"1":"0"};await p(()=>g("PUT","settings",{json:a}))&&t()}return r`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&r`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${Rt} label="Only Accept Trusted Certificates" on=${s.only_accept_trusted}
        change=${h=>l({only_accept_trusted:h})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ke).map(([h,a])=>r`
            <label class="choice" key=${h}>
              <input type="radio" name="list" value=${h} checked=${s.list===h} onChange=${()=>l({list:h})} />
              <span>${a}</span><span class="hint">${Do[h]}</span>
            </label>
          `)}
      </fieldset>
      <${Rt} label="Common Name Validation" on=${s.check_name} change=${h=>l({check_name:h})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var Uo=({row:e})=>r`
  <details>
    <summary>Details</summary>
    <${R} rows=${[["Serial Number",r`<code>${z(e.serial)}</code>`],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Valid Until",x(e.expires)],["Added",x(e.added)+", "+d(e.origin)]]} />
  </details>
`,Ro=({row:e,marked:t,mark:o})=>r`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${E} text=${e.issued_to} /></span><${Uo} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${E} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${kt(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${d(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,Io=["Index","Issued To","Issued By","Expiration","Delete"];function Fo({rows:e,reload:t}){let[o,n]=k([]),[i,s]=T(),c=(p,l)=>n(o.filter(_=>_!==p).concat(l?p:[]));async function u(){if(o.length===0)return U("Mark the certificates to delete first.","bad");await s(async()=>{for(let p of o)await g("DELETE","trusted/"+p);return{says:j(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?r`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:r`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Io.map(p=>r`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>r`<${Ro} key=${p.id} row=${p} marked=${o.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Ho=({trusted:e,reload:t})=>r`
  ${!e.only_accept_trusted&&r`<${A} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Fo} rows=${e.certificates} reload=${t} />
    <${X} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all." />
  </section>
  <${It} trusted=${e} reload=${t} />
`;function Ft(){let e=N("trusted");return r`
    <${P} group="Security">Trusted Certificates<//>
    <${L} from=${e}>${t=>r`<${Ho} trusted=${t} reload=${e.reload} />`}<//>
  `}var ie=[{path:"status",title:"Status",Page:Ut},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Dt},{path:"security/revocation",group:"Security",title:"Revocation Lists",Page:Nt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Et},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function Oo(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);return o?{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:o[1]}:ie.find(n=>n.path===t)??ie[0]}function Ht(){let[e,t]=k(location.hash);return D(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),Oo(e)}var Mo=[...new Set(ie.map(e=>e.group))],Wo=({group:e,at:t})=>r`
  ${e&&r`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${ie.filter(o=>o.group===e).map(o=>r`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Ot({at:e}){let[t,o]=k(!1);return D(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),r`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${Mo.map(n=>r`<${Wo} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Mt=({words:e,close:t})=>r`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&r`<p>${d(o)}</p>`)}</div>
    ${e.text&&r`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function qo(){let[e,t]=k("asking");return D(()=>{ht(()=>{ne(""),t(o=>o==="in"?"ended":o)}),g("GET","session").then(o=>{ne(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>U(o.message,"bad"))},[]),[e,t]}function jo(){let[e,t]=k({text:""});yt(t);let[o,n]=qo(),i=Ht(),s=I(),c=I(location.hash),u=o==="in";D(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),s.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(h){ne(h),t({text:""}),n("in")}async function l(){try{await g("DELETE","session")}catch(h){if(h.status!==401)return U(h.message,"bad")}ne(""),n("out"),U("You are logged out.")}function _(h){h.preventDefault(),s.current.querySelector("h1")?.focus()}return r`
    ${u&&r`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&r`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&r`<${Ot} at=${i.path} />`}
    <main ref=${s} class=${u?"":"alone"}>
      <${Mt} words=${e} close=${()=>t({text:""})} />
      ${u&&r`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(o==="out"||o==="ended")&&r`<${wt} ended=${o==="ended"} done=${p} />`}
    </main>
  `}tt(r`<${jo} />`,document.getElementById("page"));})();
