// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var fe,y,Be,Mt,M,Me,Ve,Ge,xe,ce,Z,ze,Pe,Ce,Te,Wt,pe={},de=[],jt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,he=Array.isArray;function O(e,t){for(var n in t)e[n]=t[n];return e}function Ae(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ee(e,t,n){var o,i,s,c={};for(s in t)s=="key"?o=t[s]:s=="ref"?i=t[s]:c[s]=t[s];if(arguments.length>2&&(c.children=arguments.length>3?fe.call(arguments,2):n),typeof e=="function"&&e.defaultProps!=null)for(s in e.defaultProps)c[s]===void 0&&(c[s]=e.defaultProps[s]);return le(e,c,o,i,null)}function le(e,t,n,o,i){var s={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Be,__i:-1,__u:0};return i==null&&y.vnode!=null&&y.vnode(s),s}function G(e){return e.children}function ue(e,t){this.props=e,this.context=t}function j(e,t){if(t==null)return e.__?j(e.__,e.__i+1):null;for(var n;t<e.__k.length;t++)if((n=e.__k[t])!=null&&n.__e!=null)return n.__e;return typeof e.type=="function"?j(e):null}function qt(e){if(e.__P&&e.__d){var t=e.__v,n=t.__e,o=[],i=[],s=O({},t);s.__v=t.__v+1,y.vnode&&y.vnode(s),Ne(e.__P,s,t,e.__n,e.__P.namespaceURI,32&t.__u?[n]:null,o,n??j(t),!!(32&t.__u),i),s.__v=t.__v,s.__.__k[s.__i]=s,Ze(o,s,i),t.__e=t.__=null,s.__e!=n&&Ke(s)}}function Ke(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ke(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||Me!=y.debounceRendering)&&((Me=y.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,qt(e)}finally{M.length=_e.__r=0}}function Ye(e,t,n,o,i,s,c,u,p,l,_){var h,a,f,m,w,v,x=o&&o.__k||de,$=t.length;for(p=Bt(n,t,x,p,$),h=0;h<$;h++)(f=n.__k[h])!=null&&(a=f.__i!=-1&&x[f.__i]||pe,f.__i=h,v=Ne(e,f,a,i,s,c,u,p,l,_),m=f.__e,f.ref&&a.ref!=f.ref&&(a.ref&&Le(a.ref,null,f),_.push(f.ref,f.__c||m,f)),w==null&&m!=null&&(w=m),4&f.__u?(p=Xe(f,p,e),a.__e&&(a.__e=null)):typeof f.type=="function"&&v!==void 0?p=v:m&&(p=m.nextSibling),f.__u&=-7);return n.__e=w,p}function Bt(e,t,n,o,i){var s,c,u,p,l,_=n.length,h=_,a=0;for(e.__k=new Array(i),s=0;s<i;s++)(c=t[s])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[s]=le(null,c,null,null,null):he(c)?c=e.__k[s]=le(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[s]=le(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[s]=c,p=s+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Vt(c,n,p,h))!=-1&&(h--,(u=n[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[s]=null;if(h)for(s=0;s<_;s++)(u=n[s])!=null&&(2&u.__u)==0&&(u.__e==o&&(o=j(u)),et(u,u));return o}function Xe(e,t,n){var o,i;if(typeof e.type=="function"){for(o=e.__k,i=0;o&&i<o.length;i++)o[i]&&(o[i].__=e,t=Xe(o[i],t,n));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=j(e)),t=n.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Vt(e,t,n,o){var i,s,c,u=e.key,p=e.type,l=t[n],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return n;if(o>(_?1:0)){for(i=n-1,s=n+1;i>=0||s<t.length;)if((l=t[c=i>=0?i--:s++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function je(e,t,n){t[0]=="-"?e.setProperty(t,n??""):e[t]=n==null?"":typeof n!="number"||jt.test(t)?n:n+"px"}function ae(e,t,n,o,i){var s,c;e:if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.cssText=o=""),o)for(t in o)n&&t in n||je(e.style,t,"");if(n)for(t in n)o&&n[t]==o[t]||je(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")s=t!=(t=t.replace(ze,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+s]=n,n?o?n[Z]=o[Z]:(n[Z]=Pe,e.addEventListener(t,s?Te:Ce,s)):e.removeEventListener(t,s?Te:Ce,s);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=n??"";break e}catch{}typeof n=="function"||(n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n))}}function qe(e){return function(t){if(this.l){var n=this.l[t.type+e];if(t[ce]==null)t[ce]=Pe++;else if(t[ce]<n[Z])return;return n(y.event?y.event(t):t)}}}function Ne(e,t,n,o,i,s,c,u,p,l){var _,h,a,f,m,w,v,x,$,F,X,W,J,Oe,ie,Se,R=t.type;if(t.constructor!==void 0)return null;128&n.__u&&(p=!!(32&n.__u),s=[u=t.__e=n.__e]),(_=y.__b)&&_(t);e:if(typeof R=="function"){h=c.length;try{if($=t.props,F=R.prototype&&R.prototype.render,X=(_=R.contextType)&&o[_.__c],W=_?X?X.props.value:_.__:o,n.__c?x=(a=t.__c=n.__c).__=a.__E:(F?t.__c=a=new R($,W):(t.__c=a=new ue($,W),a.constructor=R,a.render=zt),X&&X.sub(a),a.state||(a.state={}),a.__n=o,f=a.__d=!0,a.__h=[],a._sb=[]),F&&a.__s==null&&(a.__s=a.state),F&&R.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=O({},a.__s)),O(a.__s,R.getDerivedStateFromProps($,a.__s))),m=a.props,w=a.state,a.__v=t,f)F&&R.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),F&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(F&&R.getDerivedStateFromProps==null&&$!==m&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps($,W),t.__v==n.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate($,a.__s,W)===!1){t.__v!=n.__v&&(a.props=$,a.state=a.__s,a.__d=!1),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(V){V&&(V.__=t)}),de.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=j(n);break e}a.componentWillUpdate!=null&&a.componentWillUpdate($,a.__s,W),F&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(m,w,v)})}if(a.context=W,a.props=$,a.__P=e,a.__e=!1,J=y.__r,Oe=0,F)a.state=a.__s,a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),de.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Oe<25);a.state=a.__s,a.getChildContext!=null&&(o=O(O({},o),a.getChildContext())),F&&!f&&a.getSnapshotBeforeUpdate!=null&&(v=a.getSnapshotBeforeUpdate(m,w)),ie=_!=null&&_.type===G&&_.key==null?Qe(_.props.children):_,u=Ye(e,he(ie)?ie:[ie],t,n,o,i,s,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),x&&(a.__E=a.__=null)}catch(V){if(c.length=h,t.__v=null,p||s!=null){if(V.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;s!=null&&(s[s.indexOf(u)]=null),t.__e=u}else if(s!=null)for(Se=s.length;Se--;)Ae(s[Se])}else t.__e=n.__e;t.__k==null&&(t.__k=n.__k||[]),V.then||Je(t),y.__e(V,t,n)}}else s==null&&t.__v==n.__v?(t.__k=n.__k,t.__e=n.__e):u=t.__e=Gt(n.__e,t,n,o,i,s,c,p,l);return(_=y.diffed)&&_(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,n){for(var o=0;o<n.length;o++)Le(n[o],n[++o],n[++o]);y.__c&&y.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(s){s.call(i)})}catch(s){y.__e(s,i.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:he(e)?e.map(Qe):e.constructor!==void 0?null:O({},e)}function Gt(e,t,n,o,i,s,c,u,p){var l,_,h,a,f,m,w,v=n.props||pe,x=t.props,$=t.type;if($=="svg"?i="http://www.w3.org/2000/svg":$=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),s!=null){for(l=0;l<s.length;l++)if((f=s[l])&&"setAttribute"in f==!!$&&($?f.localName==$:f.nodeType==3)){e=f,s[l]=null;break}}if(e==null){if($==null)return document.createTextNode(x);e=document.createElementNS(i,$,x.is&&x),u&&(y.__m&&y.__m(t,s),u=!1),s=null}if($==null)v===x||u&&e.data==x||(e.data=x);else{if(s=$=="textarea"&&x.defaultValue!=null?null:s&&fe.call(e.childNodes),!u&&s!=null)for(v={},l=0;l<e.attributes.length;l++)v[(f=e.attributes[l]).name]=f.value;for(l in v)f=v[l],l=="dangerouslySetInnerHTML"?h=f:l=="children"||l in x||l=="value"&&"defaultValue"in x||l=="checked"&&"defaultChecked"in x||ae(e,l,null,f,i);for(l in x)f=x[l],l=="children"?a=f:l=="dangerouslySetInnerHTML"?_=f:l=="value"?m=f:l=="checked"?w=f:u&&typeof f!="function"||v[l]===f||ae(e,l,f,v[l],i);if(_)u||h&&(_.__html==h.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(h&&(e.innerHTML=""),Ye(t.type=="template"?e.content:e,he(a)?a:[a],t,n,o,$=="foreignObject"?"http://www.w3.org/1999/xhtml":i,s,c,s?s[0]:n.__k&&j(n,0),u,p),s!=null)for(l=s.length;l--;)Ae(s[l]);u&&$!="textarea"||(l="value",$=="progress"&&m==null?e.removeAttribute("value"):m!=null&&(m!==e[l]||$=="progress"&&!m||$=="option"&&m!=v[l])&&ae(e,l,m,v[l],i),l="checked",w!=null&&w!=e[l]&&ae(e,l,w,v[l],i))}return e}function Le(e,t,n){try{if(typeof e=="function"){var o=typeof e.__u=="function";o&&e.__u(),o&&t==null||(e.__u=e(t))}else e.current=t}catch(i){y.__e(i,n)}}function et(e,t,n){var o,i;if(y.unmount&&y.unmount(e),(o=e.ref)&&(o.current&&o.current!=e.__e||Le(o,null,t)),(o=e.__c)!=null){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(s){y.__e(s,t)}o.base=o.__P=o.__n=null}if(o=e.__k)for(i=0;i<o.length;i++)o[i]&&et(o[i],t,n||typeof e.type!="function");n||Ae(e.__e),e.__c=e.__=e.__e=void 0}function zt(e,t,n){return this.constructor(e,n)}function tt(e,t,n){var o,i,s,c;t==document&&(t=document.documentElement),y.__&&y.__(e,t),i=(o=typeof n=="function")?null:n&&n.__k||t.__k,s=[],c=[],Ne(t,e=(!o&&n||t).__k=Ee(G,null,[e]),i||pe,pe,t.namespaceURI,!o&&n?[n]:i?null:t.firstChild?fe.call(t.childNodes):null,s,!o&&n?n:i?i.__e:t.firstChild,o,c),Ze(s,e,c),e.props.children=null}fe=de.slice,y={__e:function(e,t,n,o){for(var i,s,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((s=i.constructor)&&s.getDerivedStateFromError!=null&&(i.setState(s.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,o||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Be=0,Mt=function(e){return e!=null&&e.constructor===void 0},ue.prototype.setState=function(e,t){var n;n=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},n),this.props)),e&&O(n,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},ue.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},ue.prototype.render=G,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),ce="__d"+xe,Z="__a"+xe,ze=/(PointerCapture)$|Capture$/i,Pe=0,Ce=qe(!1),Te=qe(!0),Wt=0;var Q,g,De,nt,ee=0,ut=[],k=y,ot=k.__b,st=k.__r,rt=k.diffed,it=k.__c,at=k.unmount,ct=k.__;function Ie(e,t){k.__h&&k.__h(g,e,ee||t),ee=0;var n=g.__H||(g.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function b(e){return ee=1,Kt(_t,e)}function Kt(e,t,n){var o=Ie(Q++,2);if(o.t=e,!o.__c&&(o.__=[n?n(t):_t(void 0,t),function(u){var p=o.__N?o.__N[0]:o.__[0],l=o.t(p,u);p!==l&&(o.__N=[l,o.__[1]],o.__c.setState({}))}],o.__c=g,!g.__f)){var i=function(u,p,l){if(!o.__c.__H)return!0;var _=!1,h=o.__c.props!==u;if(o.__c.__H.__.some(function(f){if(f.__N){_=!0;var m=f.__[0];f.__=f.__N,f.__N=void 0,m!==f.__[0]&&(h=!0)}}),s){var a=s.call(this,u,p,l);return _?a||h:a}return!_||h};g.__f=!0;var s=g.shouldComponentUpdate,c=g.componentWillUpdate;g.componentWillUpdate=function(u,p,l){if(this.__e){var _=s;s=void 0,i(u,p,l),s=_}c&&c.call(this,u,p,l)},g.shouldComponentUpdate=i}return o.__N||o.__}function E(e,t){var n=Ie(Q++,3);!k.__s&&dt(n.__H,t)&&(n.__=e,n.u=t,g.__H.__h.push(n))}function I(e){return ee=5,pt(function(){return{current:e}},[])}function pt(e,t){var n=Ie(Q++,7);return dt(n.__H,t)&&(n.__=e(),n.__H=t,n.__h=e),n.__}function $e(e,t){return ee=8,pt(function(){return e},t)}function Yt(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(me),t.__h.some(Ue),t.__h=[]}catch(n){t.__h=[],k.__e(n,e.__v)}}}k.__b=function(e){g=null,ot&&ot(e)},k.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},k.__r=function(e){st&&st(e),Q=0;var t=(g=e.__c).__H;t&&(De===g?(t.__h=[],g.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})):(t.__h.some(me),t.__h.some(Ue),t.__h=[],Q=0)),De=g},k.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&nt===k.requestAnimationFrame||((nt=k.requestAnimationFrame)||Xt)(Yt)),t.__H.__.some(function(n){n.u&&(n.__H=n.u,n.u=void 0)})),De=g=null},k.__c=function(e,t){t.some(function(n){try{n.__h.some(me),n.__h=n.__h.filter(function(o){return!o.__||Ue(o)})}catch(o){t.some(function(i){i.__h&&(i.__h=[])}),t=[],k.__e(o,n.__v)}}),it&&it(e,t)},k.unmount=function(e){at&&at(e);var t,n=e.__c;n&&n.__H&&(n.__H.__.some(function(o){try{me(o)}catch(i){t=i}}),n.__H=void 0,t&&k.__e(t,n.__v))};var lt=typeof requestAnimationFrame=="function";function Xt(e){var t,n=function(){clearTimeout(o),lt&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);lt&&(t=requestAnimationFrame(n))}function me(e){var t=g,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),g=t}function Ue(e){var t=g;e.__c=e.__(),g=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(n,o){return n!==e[o]})}function _t(e,t){return typeof t=="function"?t(e):t}var Fe="",ft=()=>{},ye=class extends Error{constructor(t,n,o){super(n),this.code=t,this.status=o}},ht=e=>ft=e,te=e=>Fe=e??"";function Jt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Zt(e){let{code:t="",says:n}=await e.json().catch(()=>({}));return new ye(t,Jt(n??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function S(e,t,{json:n,body:o,headers:i={}}={}){let s={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Fe&&(s.headers["X-CSRF-Token"]=Fe),n!==void 0&&(s.headers["Content-Type"]="application/json"),s.body=n===void 0?o:JSON.stringify(n);let c;try{c=await fetch("/api/"+t,s)}catch{throw new ye("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Zt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function mt(e,t,n){let o=t.flatMap((i,s)=>s===0?[i]:[`
`,i]);return S("POST",e,{body:t.length===1?t[0]:new Blob(o),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(i=>i.name).join(" + ")),...n&&{"X-Passphrase":encodeURIComponent(n)}}})}var $t=()=>{},yt=e=>$t=e,N=(e,t="good")=>$t({text:e,tone:t});function D(e){let[t,n]=b({}),o=$e(async()=>{try{let i=await S("GET",e);n({path:e,data:i})}catch(i){n({path:e,problem:i})}},[e]);return E(()=>{o()},[o]),t.path===e?{...t,reload:o}:{reload:o}}function P(){let[e,t]=b(!1);async function n(o){N(""),t(!0);try{let i=await o();return i?.says&&N(i.says,i.tone),!0}catch(i){return N(i.message,"bad"),!1}finally{t(!1)}}return[e,n]}var gt=function(e,t,n,o){var i;t[0]=0;for(var s=1;s<t.length;s++){var c=t[s++],u=t[s]?(t[0]|=c?1:2,n[t[s++]]):t[++s];c===3?o[0]=u:c===4?o[1]=Object.assign(o[1]||{},u):c===5?(o[1]=o[1]||{})[t[++s]]=u:c===6?o[1][t[++s]]+=u+"":c?(i=e.apply(u,gt(e,u,n,["",null])),o.push(i),u[0]?t[0]|=2:(t[s-2]=0,t[s]=i)):o.push(u)}return o},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(n){for(var o,i,s=1,c="",u="",p=[0],l=function(a){s===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):s===3&&(a||c)?(p.push(3,a,c),s=2):s===2&&c==="..."&&a?p.push(4,a,0):s===2&&c&&!a?p.push(5,0,!0,c):s>=5&&((c||!a&&s===5)&&(p.push(s,0,c,i),s=6),a&&(p.push(s,a,0,i),s=6)),c=""},_=0;_<n.length;_++){_&&(s===1&&l(),l(_));for(var h=0;h<n[_].length;h++)o=n[_][h],s===1?o==="<"?(l(),p=[p],s=3):c+=o:s===4?c==="--"&&o===">"?(s=1,c=""):c=o+c[0]:u?o===u?u="":c+=o:o==='"'||o==="'"?u=o:o===">"?(l(),s=1):s&&(o==="="?(s=5,i=c,c=""):o==="/"&&(s<5||n[_][h+1]===">")?(l(),s===3&&(p=p[0]),s=p,(p=p[0]).push(2,0,s),s=0):o===" "||o==="	"||o===`
`||o==="\r"?(l(),s=2):c+=o),s===3&&c==="!--"&&(s=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var r=bt.bind(Ee);var Qt=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,en=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(Qt,n=>t&&n===`
`?n:en(n))}function C(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>C(e).split(" ")[0],q=(e,t)=>e+" "+t+(e===1?"":"s");function ve(e){return e<0?"expired":e===0?"less than a day left":q(e,"day")+" left"}var z=e=>d(e).replaceAll(":","").toUpperCase(),tn={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function ge(e){return e===null?{word:"Not judged",tone:"plain"}:tn[e]??{word:d(e),tone:"warn"}}var be={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var L=({text:e})=>r`<bdi>${d(e)}</bdi>`,A=({group:e,children:t})=>r`
  <h1 tabindex="-1">${e&&r`<span class="group">${e} > </span>`}${t}</h1>
`,T=({tone:e,title:t,children:n})=>r`
  <div class=${"notice "+e}>
    ${t&&r`<p class="notice-title">${t}</p>`}
    ${n}
  </div>
`,K=({decision:e})=>{let{word:t,tone:n}=ge(e);return r`<span class=${"decision "+n}>${t}</span>`};function U({from:e,children:t}){return e.problem?r`<${T} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):r`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var H=({rows:e})=>r`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,n])=>r`<div key=${t}><dt>${t}</dt><dd>${n}</dd></div>`)}
  </dl>
`;function we({path:e,label:t,hint:n,several:o,done:i}){let s=I(),c=I(),[u,p]=b(!1),[l,_]=P(),h=$e(m=>{c.current=m,m?.focus()},[]);async function a(m){try{return await mt(e,m,c.current?.value)}catch(w){throw w.code?.startsWith("passphrase-")&&p(!0),w}}async function f(m){m.preventDefault();let w=[...s.current.files];if(w.length===0){N("Choose a file first.","bad"),s.current.focus();return}if(!await _(()=>a(w))){c.current?.select();return}s.current.value="",p(!1),i()}return r`
    <form class="upload" onSubmit=${f}>
      <label>${t}<input type="file" ref=${s} multiple=${o} onChange=${()=>p(!1)} /></label>
      ${u&&r`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${l}>${l?"Uploading…":"Upload"}</button>
      <p class="hint">${n}</p>
    </form>
  `}function ne({label:e,question:t,yes:n,busy:o,act:i}){let[s,c]=b(!1),u=l=>l?.focus();return s?r`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),i()}}>${n}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:r`<button type="button" class="plain" disabled=${o} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Re=({label:e,name:t,autocomplete:n,field:o,hint:i})=>r`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${n} ref=${o} aria-describedby=${i&&t+"-hint"} />
  </label>
  ${i&&r`<p class="hint below" id=${t+"-hint"}>${i}</p>`}
`;function nn({chosen:e,again:t}){let n=[...e.value].length;return n<He?`The new password has ${n} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[n,o]=b(!1),[i,s]=P(),c=I(),u=I();E(()=>(n?u:c).current.focus(),[n]);async function p(l){l.preventDefault();let _=l.target,h=n?nn(_):"";if(h){N(h,"bad"),u.current.focus();return}let a={password:_.password.value};n&&(a.new_password=_.chosen.value),await s(async()=>{try{t((await S("POST","session",{json:a})).csrf)}catch(f){if(f.code==="choose-password"&&!n)return o(!0);throw c.current.select(),f}})}return r`
    <${A}>Log In<//>
    ${e&&r`<${T} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Re} name="password" field=${c} autocomplete="current-password"
        label=${n?"One-time password":"Password"}
        hint=${n?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${n&&r`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Re} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Re} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${n?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var St=e=>e.map(d).join(", "),on=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,sn=({shown:e})=>r`
  ${d(e.description)}
  ${e.pem&&r`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,Y=({certificate:e})=>r`
  <${H} rows=${[["Issued To",r`<${L} text=${e.subject.text} />`],["Issued By",r`<${L} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",r`<code>${z(e.serial_number)}</code>`],["Valid From",C(e.not_before)],["Valid Until",C(e.not_after)+" ("+ve(e.days_left)+")"],["Names",St(e.names.map(on))||"none"],["Public Key",r`<${sn} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",St([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",r`<code>${d(e.sha256)}</code>`]]} />
`,oe=({subject:e})=>d(e.common_name||e.organization||e.text);var rn=({fix:e})=>r`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&r`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,an=({finding:e,said:t})=>{let{fix:n}=e;return r`
    <article class="finding">
      ${!t&&r`<p>${d(e.says)}</p>`}
      ${n?.say&&r`<p><strong>Next step:</strong> ${d(n.say)}</p>`}
      ${n?.pem&&r`<${rn} fix=${n} />`}
      ${n?.desk_phones?.length>0&&r`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${n.desk_phones.map(d).join(`
`)}</pre>
        ${n.desk_phones_note&&r`<p class="hint below">${d(n.desk_phones_note)}</p>`}`}
      <details>
        <summary>Details</summary>
        <p><code>${d(e.code)}</code></p>
        ${e.details&&r`<p class="quiet">${d(e.details)}</p>`}
      </details>
    </article>
  `},ke=({verdict:{headline:e,findings:t}})=>t.map((n,o)=>r`<${an} key=${o} finding=${n} said=${n.says===e} />`);var cn=e=>(e/1e3).toFixed(1)+" ms",ln=({toServer:e})=>r`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,un=({step:e})=>r`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&r`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&r`<span class="tag">encrypted</span>`}
      ${e.failing&&r`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${ln} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&r`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${cn(e.at_us)}</span>
    </p>
  </li>
`,pn=({step:e})=>r`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,dn=({steps:e,encryptedFrom:t})=>r`
  <ol class="ladder" aria-label="Steps">
    ${e.map((n,o)=>r`
        <${G} key=${o}>
          ${o===t&&r`<${pn} step=${n} />`}
          <${un} step=${n} />
        <//>
      `)}
  </ol>
`,_n=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",xt=({ladder:e,role:t,server:n})=>r`
  <${H} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+_n(e)]]} />
  ${e.steps.length===0?r`<p class="empty">Not one step of a handshake took place.</p>`:r`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(n):"This phone"}</span>
          <span>${t==="server"?"This phone":d(n)}</span>
        </div>
        <${dn} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var fn=({certificates:e,role:t})=>r`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((n,o)=>r`
        <details key=${o} open=${o===0}>
          <summary>${oe(n)}</summary>
          <${Y} certificate=${n} />
        </details>
      `)}
  </section>
`,hn=({shown:e})=>r`
  <${T} tone=${ge(e.verdict.decision).tone}>
    <p class="notice-title">
      <${K} decision=${e.verdict.decision} /> <${L} text=${e.server} />
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
  ${e.certificates.length>0&&r`<${fn} certificates=${e.certificates} role=${e.role} />`}
`;function Ct({argument:e}){let t=D("connections/"+e);return r`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${A} group="Diagnostics">Connection<//>
    <${U} from=${t}>${n=>r`<${hn} shown=${n} />`}<//>
  `}var mn=["Server","Service","Verdict","When"],$n=({row:e})=>r`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${L} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${K} decision=${e.decision} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${C(e.at)}</td>
  </tr>
`,yn=({rows:e})=>e.length===0?r`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:r`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${mn.map(t=>r`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>r`<${$n} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Tt(){let e=D("connections");return r`
    <${A} group="Diagnostics">Connections<//>
    <section class="card">
      <${U} from=${e}>${({connections:t})=>r`<${yn} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&r`<h4>${e}</h4><ul class="lines">${t.map(n=>r`<li>${d(n)}</li>`)}</ul>`,vn=({file:e,summary:t})=>r`
  <li>
    <p><strong><${L} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&r`<p>${d(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&r`<p class="quiet">${q(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,gn=({connection:e})=>r`
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
    ${e.files.length>0&&r`<h3>Files</h3><ul class="entries">${e.files.map(t=>r`<${vn} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&r`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,n)=>r`<${gn} key=${n} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var B="static.auto_provision.server.",bn=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function wn({settings:e,reload:t}){let[n,o]=P(),i=I(),s=e[B+"password"]?.set;async function c(p){await o(()=>S("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:h}=i.current,a={url:e[B+"url"]?.value,username:e[B+"username"]?.value,password:""},f={url:l.value.trim(),username:_.value,password:h.value},m=Object.keys(f).filter(v=>f[v]!==(a[v]??""));if(m.length===0)return o(()=>({says:"Nothing was changed here, so all stays as it is."}));let w=Object.fromEntries(m.map(v=>[B+v,f[v]]));return c(w)}return r`
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
        <button disabled=${n}>Confirm</button>
        ${s&&r`<${ne} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${n} act=${()=>c({[B+"password"]:null})} />`}
      </div>
    </form>
  `}function kn(){let[e,t]=b(),[n,o]=P();return r`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${n} onClick=${()=>o(async()=>{t(void 0);let s=await S("POST","provision");return t(s),{says:s.summary,tone:s.applied?"good":"bad"}})}>${n?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&r`<${At} report=${e} />`}
  `}function Et(){let e=D("settings");return r`
    <${A} group="Settings">Auto Provision<//>
    <${U} from=${e}>
      ${t=>r`<${wn} settings=${bn(t)} reload=${e.reload} />`}
    <//>
    <${kn} />
  `}var Nt=({title:e,use:t})=>r`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?r`<br />${d(t.says)}`:""}</span>
  </li>
`;function Sn({previous:e,reload:t}){let[n,o]=P();async function i(){await o(()=>S("POST","server-certificate/undo"))&&t()}async function s(){await o(()=>S("DELETE","server-certificate/previous"))&&t()}return r`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${oe(e.certificate)}, uploaded ${C(e.added)}</summary>
        <${Y} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${n} onClick=${i}>Go Back to the Previous Certificate</button>
        <${ne} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${n} act=${s} />
      </p>
    </section>
  `}function xn({shown:e,reload:t}){let[n,o]=P();async function i(){await o(()=>S("DELETE","server-certificate"))&&t()}return r`
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
        ${e.chain.map(s=>r`<details key=${s.sha256}><summary>${oe(s)}</summary><${Y} certificate=${s} /></details>`)}`}
      ${!e.temporary&&r`<${ne} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${n} act=${i} />`}
    </section>
    ${e.previous&&r`<${Sn} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${we} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Lt(){let e=D("server-certificate");return r`
    <${A} group="Security">Server Certificates<//>
    <${U} from=${e}>${t=>r`<${xn} shown=${t} reload=${e.reload} />`}<//>
  `}var se=(e,t)=>r`<a href=${"#/"+e}>${t}</a>`,Cn=({status:e})=>r`
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
`,Tn=({status:e})=>r`
  <${Cn} status=${e} />
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
    <${U} from=${e}>${t=>r`<${Tn} status=${t} />`}<//>
  `}var Pn={default:"0",custom:"1",all:"2"},An={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},Ut=({label:e,hint:t,on:n,change:o})=>r`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${n} onChange=${i=>o(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function It({trusted:e,reload:t}){let{only_accept_trusted:n,list:o,check_name:i}=e,[s,c]=b(e),[u,p]=P(),l=h=>c({...s,...h});E(()=>c(e),[n,o,i]);async function _(h){h.preventDefault();let a={"static.security.trust_certificates":s.only_accept_trusted?"1":"0","static.security.ca_cert":Pn[s.list],"static.security.cn_validation":s.check_name?"1":"0"};await p(()=>S("PUT","settings",{json:a}))&&t()}return r`
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
              <span>${a}</span><span class="hint">${An[h]}</span>
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
  `}var En=({row:e})=>r`
  <details>
    <summary>Details</summary>
    <${H} rows=${[["Serial Number",r`<code>${z(e.serial)}</code>`],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Valid Until",C(e.expires)],["Added",C(e.added)+", "+d(e.origin)]]} />
  </details>
`,Nn=({row:e,marked:t,mark:n})=>r`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${L} text=${e.issued_to} /></span><${En} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${L} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${wt(e.expires)}</span>
      <span class=${"life"+(e.expired||e.not_yet_valid?" bad-text":"")}>${d(e.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${o=>n(e.id,o.target.checked)} />
    </td>
  </tr>
`,Ln=["Index","Issued To","Issued By","Expiration","Delete"];function Dn({rows:e,reload:t}){let[n,o]=b([]),[i,s]=P(),c=(p,l)=>o(n.filter(_=>_!==p).concat(l?p:[]));async function u(){if(n.length===0)return N("Mark the certificates to delete first.","bad");await s(async()=>{for(let p of n)await S("DELETE","trusted/"+p);return{says:q(n.length,"certificate")+" deleted. New connections no longer trust "+(n.length===1?"it.":"them.")}}),o([]),t()}return e.length===0?r`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:r`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Ln.map(p=>r`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>r`<${Nn} key=${p.id} row=${p} marked=${n.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Un=({trusted:e,reload:t})=>r`
  ${!e.only_accept_trusted&&r`<${T} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Dn} rows=${e.certificates} reload=${t} />
    <${we} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all." />
  </section>
  <${It} trusted=${e} reload=${t} />
`;function Ft(){let e=D("trusted");return r`
    <${A} group="Security">Trusted Certificates<//>
    <${U} from=${e}>${t=>r`<${Un} trusted=${t} reload=${e.reload} />`}<//>
  `}var re=[{path:"status",title:"Status",Page:Dt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Lt},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Et},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Tt}];function In(e){let t=e.replace(/^#\/?/,""),n=/^diagnostics\/connections\/(\d+)$/.exec(t);return n?{path:"diagnostics/connections",title:"Connection",Page:Ct,argument:n[1]}:re.find(o=>o.path===t)??re[0]}function Rt(){let[e,t]=b(location.hash);return E(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),In(e)}var Fn=[...new Set(re.map(e=>e.group))],Rn=({group:e,at:t})=>r`
  ${e&&r`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${re.filter(n=>n.group===e).map(n=>r`
        <li key=${n.path}>
          <a href=${"#/"+n.path} aria-current=${n.path===t?"page":void 0}>${n.title}</a>
        </li>
      `)}
  </ul>
`;function Ht({at:e}){let[t,n]=b(!1);return E(()=>{let o=()=>n(!1);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),r`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>n(!t)}>
        Menu
      </button>
      <div class="menu">${Fn.map(o=>r`<${Rn} key=${o} group=${o} at=${e} />`)}</div>
    </nav>
  `}var Ot=({words:e,close:t})=>r`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(n=>n&&r`<p>${d(n)}</p>`)}</div>
    ${e.text&&r`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Hn(){let[e,t]=b("asking");return E(()=>{ht(()=>{te(""),t(n=>n==="in"?"ended":n)}),S("GET","session").then(n=>{te(n.csrf),t(n.logged_in?"in":"out")}).catch(n=>N(n.message,"bad"))},[]),[e,t]}function On(){let[e,t]=b({text:""});yt(t);let[n,o]=Hn(),i=Rt(),s=I(),c=I(location.hash),u=n==="in";E(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),s.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(h){te(h),t({text:""}),o("in")}async function l(){try{await S("DELETE","session")}catch(h){if(h.status!==401)return N(h.message,"bad")}te(""),o("out"),N("You are logged out.")}function _(h){h.preventDefault(),s.current.querySelector("h1")?.focus()}return r`
    ${u&&r`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&r`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&r`<${Ht} at=${i.path} />`}
    <main ref=${s} class=${u?"":"alone"}>
      <${Ot} words=${e} close=${()=>t({text:""})} />
      ${u&&r`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(n==="out"||n==="ended")&&r`<${kt} ended=${n==="ended"} done=${p} />`}
    </main>
  `}tt(r`<${On} />`,document.getElementById("page"));})();
