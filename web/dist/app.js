// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var fe,g,Be,Wt,M,Me,Ve,Ge,xe,ce,Z,ze,Ee,Ce,Te,jt,pe={},de=[],qt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,he=Array.isArray;function O(e,t){for(var n in t)e[n]=t[n];return e}function Pe(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ae(e,t,n){var o,a,s,c={};for(s in t)s=="key"?o=t[s]:s=="ref"?a=t[s]:c[s]=t[s];if(arguments.length>2&&(c.children=arguments.length>3?fe.call(arguments,2):n),typeof e=="function"&&e.defaultProps!=null)for(s in e.defaultProps)c[s]===void 0&&(c[s]=e.defaultProps[s]);return le(e,c,o,a,null)}function le(e,t,n,o,a){var s={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:a??++Be,__i:-1,__u:0};return a==null&&g.vnode!=null&&g.vnode(s),s}function G(e){return e.children}function ue(e,t){this.props=e,this.context=t}function j(e,t){if(t==null)return e.__?j(e.__,e.__i+1):null;for(var n;t<e.__k.length;t++)if((n=e.__k[t])!=null&&n.__e!=null)return n.__e;return typeof e.type=="function"?j(e):null}function Bt(e){if(e.__P&&e.__d){var t=e.__v,n=t.__e,o=[],a=[],s=O({},t);s.__v=t.__v+1,g.vnode&&g.vnode(s),Ne(e.__P,s,t,e.__n,e.__P.namespaceURI,32&t.__u?[n]:null,o,n??j(t),!!(32&t.__u),a),s.__v=t.__v,s.__.__k[s.__i]=s,Ze(o,s,a),t.__e=t.__=null,s.__e!=n&&Ke(s)}}function Ke(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),Ke(e)}function We(e){(!e.__d&&(e.__d=!0)&&M.push(e)&&!_e.__r++||Me!=g.debounceRendering)&&((Me=g.debounceRendering)||Ve)(_e)}function _e(){try{for(var e,t=1;M.length;)M.length>t&&M.sort(Ge),e=M.shift(),t=M.length,Bt(e)}finally{M.length=_e.__r=0}}function Ye(e,t,n,o,a,s,c,u,p,l,_){var f,i,h,v,x,m,$=o&&o.__k||de,y=t.length;for(p=Vt(n,t,$,p,y),f=0;f<y;f++)(h=n.__k[f])!=null&&(i=h.__i!=-1&&$[h.__i]||pe,h.__i=f,m=Ne(e,h,i,a,s,c,u,p,l,_),v=h.__e,h.ref&&i.ref!=h.ref&&(i.ref&&Le(i.ref,null,h),_.push(h.ref,h.__c||v,h)),x==null&&v!=null&&(x=v),4&h.__u?(p=Xe(h,p,e),i.__e&&(i.__e=null)):typeof h.type=="function"&&m!==void 0?p=m:v&&(p=v.nextSibling),h.__u&=-7);return n.__e=x,p}function Vt(e,t,n,o,a){var s,c,u,p,l,_=n.length,f=_,i=0;for(e.__k=new Array(a),s=0;s<a;s++)(c=t[s])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[s]=le(null,c,null,null,null):he(c)?c=e.__k[s]=le(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[s]=le(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[s]=c,p=s+i,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Gt(c,n,p,f))!=-1&&(f--,(u=n[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(a>_?i--:a<_&&i++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?i--:l==p+1?i++:(l>p?i--:i++,c.__u|=4))):e.__k[s]=null;if(f)for(s=0;s<_;s++)(u=n[s])!=null&&(2&u.__u)==0&&(u.__e==o&&(o=j(u)),et(u,u));return o}function Xe(e,t,n){var o,a;if(typeof e.type=="function"){for(o=e.__k,a=0;o&&a<o.length;a++)o[a]&&(o[a].__=e,t=Xe(o[a],t,n));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=j(e)),t=n.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Gt(e,t,n,o){var a,s,c,u=e.key,p=e.type,l=t[n],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return n;if(o>(_?1:0)){for(a=n-1,s=n+1;a>=0||s<t.length;)if((l=t[c=a>=0?a--:s++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function je(e,t,n){t[0]=="-"?e.setProperty(t,n??""):e[t]=n==null?"":typeof n!="number"||qt.test(t)?n:n+"px"}function ie(e,t,n,o,a){var s,c;e:if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.cssText=o=""),o)for(t in o)n&&t in n||je(e.style,t,"");if(n)for(t in n)o&&n[t]==o[t]||je(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")s=t!=(t=t.replace(ze,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+s]=n,n?o?n[Z]=o[Z]:(n[Z]=Ee,e.addEventListener(t,s?Te:Ce,s)):e.removeEventListener(t,s?Te:Ce,s);else{if(a=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=n??"";break e}catch{}typeof n=="function"||(n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n))}}function qe(e){return function(t){if(this.l){var n=this.l[t.type+e];if(t[ce]==null)t[ce]=Ee++;else if(t[ce]<n[Z])return;return n(g.event?g.event(t):t)}}}function Ne(e,t,n,o,a,s,c,u,p,l){var _,f,i,h,v,x,m,$,y,R,X,W,J,Oe,ae,Se,F=t.type;if(t.constructor!==void 0)return null;128&n.__u&&(p=!!(32&n.__u),s=[u=t.__e=n.__e]),(_=g.__b)&&_(t);e:if(typeof F=="function"){f=c.length;try{if(y=t.props,R=F.prototype&&F.prototype.render,X=(_=F.contextType)&&o[_.__c],W=_?X?X.props.value:_.__:o,n.__c?$=(i=t.__c=n.__c).__=i.__E:(R?t.__c=i=new F(y,W):(t.__c=i=new ue(y,W),i.constructor=F,i.render=Kt),X&&X.sub(i),i.state||(i.state={}),i.__n=o,h=i.__d=!0,i.__h=[],i._sb=[]),R&&i.__s==null&&(i.__s=i.state),R&&F.getDerivedStateFromProps!=null&&(i.__s==i.state&&(i.__s=O({},i.__s)),O(i.__s,F.getDerivedStateFromProps(y,i.__s))),v=i.props,x=i.state,i.__v=t,h)R&&F.getDerivedStateFromProps==null&&i.componentWillMount!=null&&i.componentWillMount(),R&&i.componentDidMount!=null&&i.__h.push(i.componentDidMount);else{if(R&&F.getDerivedStateFromProps==null&&y!==v&&i.componentWillReceiveProps!=null&&i.componentWillReceiveProps(y,W),t.__v==n.__v||!i.__e&&i.shouldComponentUpdate!=null&&i.shouldComponentUpdate(y,i.__s,W)===!1){t.__v!=n.__v&&(i.props=y,i.state=i.__s,i.__d=!1),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(V){V&&(V.__=t)}),de.push.apply(i.__h,i._sb),i._sb=[],i.__h.length&&c.push(i),u=j(n);break e}i.componentWillUpdate!=null&&i.componentWillUpdate(y,i.__s,W),R&&i.componentDidUpdate!=null&&i.__h.push(function(){i.componentDidUpdate(v,x,m)})}if(i.context=W,i.props=y,i.__P=e,i.__e=!1,J=g.__r,Oe=0,R)i.state=i.__s,i.__d=!1,J&&J(t),_=i.render(i.props,i.state,i.context),de.push.apply(i.__h,i._sb),i._sb=[];else do i.__d=!1,J&&J(t),_=i.render(i.props,i.state,i.context),i.state=i.__s;while(i.__d&&++Oe<25);i.state=i.__s,i.getChildContext!=null&&(o=O(O({},o),i.getChildContext())),R&&!h&&i.getSnapshotBeforeUpdate!=null&&(m=i.getSnapshotBeforeUpdate(v,x)),ae=_!=null&&_.type===G&&_.key==null?Qe(_.props.children):_,u=Ye(e,he(ae)?ae:[ae],t,n,o,a,s,c,u,p,l),i.base=t.__e,t.__u&=-161,i.__h.length&&c.push(i),$&&(i.__E=i.__=null)}catch(V){if(c.length=f,t.__v=null,p||s!=null){if(V.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;s!=null&&(s[s.indexOf(u)]=null),t.__e=u}else if(s!=null)for(Se=s.length;Se--;)Pe(s[Se])}else t.__e=n.__e;t.__k==null&&(t.__k=n.__k||[]),V.then||Je(t),g.__e(V,t,n)}}else s==null&&t.__v==n.__v?(t.__k=n.__k,t.__e=n.__e):u=t.__e=zt(n.__e,t,n,o,a,s,c,p,l);return(_=g.diffed)&&_(t),128&t.__u?void 0:u}function Je(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Je))}function Ze(e,t,n){for(var o=0;o<n.length;o++)Le(n[o],n[++o],n[++o]);g.__c&&g.__c(t,e),e.some(function(a){try{e=a.__h,a.__h=[],e.some(function(s){s.call(a)})}catch(s){g.__e(s,a.__v)}})}function Qe(e){return typeof e!="object"||e==null||e.__b>0?e:he(e)?e.map(Qe):e.constructor!==void 0?null:O({},e)}function zt(e,t,n,o,a,s,c,u,p){var l,_,f,i,h,v,x,m=n.props||pe,$=t.props,y=t.type;if(y=="svg"?a="http://www.w3.org/2000/svg":y=="math"?a="http://www.w3.org/1998/Math/MathML":a||(a="http://www.w3.org/1999/xhtml"),s!=null){for(l=0;l<s.length;l++)if((h=s[l])&&"setAttribute"in h==!!y&&(y?h.localName==y:h.nodeType==3)){e=h,s[l]=null;break}}if(e==null){if(y==null)return document.createTextNode($);e=document.createElementNS(a,y,$.is&&$),u&&(g.__m&&g.__m(t,s),u=!1),s=null}if(y==null)m===$||u&&e.data==$||(e.data=$);else{if(s=y=="textarea"&&$.defaultValue!=null?null:s&&fe.call(e.childNodes),!u&&s!=null)for(m={},l=0;l<e.attributes.length;l++)m[(h=e.attributes[l]).name]=h.value;for(l in m)h=m[l],l=="dangerouslySetInnerHTML"?f=h:l=="children"||l in $||l=="value"&&"defaultValue"in $||l=="checked"&&"defaultChecked"in $||ie(e,l,null,h,a);for(l in $)h=$[l],l=="children"?i=h:l=="dangerouslySetInnerHTML"?_=h:l=="value"?v=h:l=="checked"?x=h:u&&typeof h!="function"||m[l]===h||ie(e,l,h,m[l],a);if(_)u||f&&(_.__html==f.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(f&&(e.innerHTML=""),Ye(t.type=="template"?e.content:e,he(i)?i:[i],t,n,o,y=="foreignObject"?"http://www.w3.org/1999/xhtml":a,s,c,s?s[0]:n.__k&&j(n,0),u,p),s!=null)for(l=s.length;l--;)Pe(s[l]);u&&y!="textarea"||(l="value",y=="progress"&&v==null?e.removeAttribute("value"):v!=null&&(v!==e[l]||y=="progress"&&!v||y=="option"&&v!=m[l])&&ie(e,l,v,m[l],a),l="checked",x!=null&&x!=e[l]&&ie(e,l,x,m[l],a))}return e}function Le(e,t,n){try{if(typeof e=="function"){var o=typeof e.__u=="function";o&&e.__u(),o&&t==null||(e.__u=e(t))}else e.current=t}catch(a){g.__e(a,n)}}function et(e,t,n){var o,a;if(g.unmount&&g.unmount(e),(o=e.ref)&&(o.current&&o.current!=e.__e||Le(o,null,t)),(o=e.__c)!=null){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(s){g.__e(s,t)}o.base=o.__P=o.__n=null}if(o=e.__k)for(a=0;a<o.length;a++)o[a]&&et(o[a],t,n||typeof e.type!="function");n||Pe(e.__e),e.__c=e.__=e.__e=void 0}function Kt(e,t,n){return this.constructor(e,n)}function tt(e,t,n){var o,a,s,c;t==document&&(t=document.documentElement),g.__&&g.__(e,t),a=(o=typeof n=="function")?null:n&&n.__k||t.__k,s=[],c=[],Ne(t,e=(!o&&n||t).__k=Ae(G,null,[e]),a||pe,pe,t.namespaceURI,!o&&n?[n]:a?null:t.firstChild?fe.call(t.childNodes):null,s,!o&&n?n:a?a.__e:t.firstChild,o,c),Ze(s,e,c),e.props.children=null}fe=de.slice,g={__e:function(e,t,n,o){for(var a,s,c;t=t.__;)if((a=t.__c)&&!a.__)try{if((s=a.constructor)&&s.getDerivedStateFromError!=null&&(a.setState(s.getDerivedStateFromError(e)),c=a.__d),a.componentDidCatch!=null&&(a.componentDidCatch(e,o||{}),c=a.__d),c)return a.__E=a}catch(u){e=u}throw e}},Be=0,Wt=function(e){return e!=null&&e.constructor===void 0},ue.prototype.setState=function(e,t){var n;n=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=O({},this.state),typeof e=="function"&&(e=e(O({},n),this.props)),e&&O(n,e),e!=null&&this.__v&&(t&&this._sb.push(t),We(this))},ue.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),We(this))},ue.prototype.render=G,M=[],Ve=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Ge=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),ce="__d"+xe,Z="__a"+xe,ze=/(PointerCapture)$|Capture$/i,Ee=0,Ce=qe(!1),Te=qe(!0),jt=0;var Q,w,Ue,nt,ee=0,ut=[],k=g,ot=k.__b,st=k.__r,rt=k.diffed,at=k.__c,it=k.unmount,ct=k.__;function Ie(e,t){k.__h&&k.__h(w,e,ee||t),ee=0;var n=w.__H||(w.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function b(e){return ee=1,Yt(_t,e)}function Yt(e,t,n){var o=Ie(Q++,2);if(o.t=e,!o.__c&&(o.__=[n?n(t):_t(void 0,t),function(u){var p=o.__N?o.__N[0]:o.__[0],l=o.t(p,u);p!==l&&(o.__N=[l,o.__[1]],o.__c.setState({}))}],o.__c=w,!w.__f)){var a=function(u,p,l){if(!o.__c.__H)return!0;var _=!1,f=o.__c.props!==u;if(o.__c.__H.__.some(function(h){if(h.__N){_=!0;var v=h.__[0];h.__=h.__N,h.__N=void 0,v!==h.__[0]&&(f=!0)}}),s){var i=s.call(this,u,p,l);return _?i||f:i}return!_||f};w.__f=!0;var s=w.shouldComponentUpdate,c=w.componentWillUpdate;w.componentWillUpdate=function(u,p,l){if(this.__e){var _=s;s=void 0,a(u,p,l),s=_}c&&c.call(this,u,p,l)},w.shouldComponentUpdate=a}return o.__N||o.__}function A(e,t){var n=Ie(Q++,3);!k.__s&&dt(n.__H,t)&&(n.__=e,n.u=t,w.__H.__h.push(n))}function I(e){return ee=5,pt(function(){return{current:e}},[])}function pt(e,t){var n=Ie(Q++,7);return dt(n.__H,t)&&(n.__=e(),n.__H=t,n.__h=e),n.__}function $e(e,t){return ee=8,pt(function(){return e},t)}function Xt(){for(var e;e=ut.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(me),t.__h.some(De),t.__h=[]}catch(n){t.__h=[],k.__e(n,e.__v)}}}k.__b=function(e){w=null,ot&&ot(e)},k.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ct&&ct(e,t)},k.__r=function(e){st&&st(e),Q=0;var t=(w=e.__c).__H;t&&(Ue===w?(t.__h=[],w.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})):(t.__h.some(me),t.__h.some(De),t.__h=[],Q=0)),Ue=w},k.diffed=function(e){rt&&rt(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(ut.push(t)!==1&&nt===k.requestAnimationFrame||((nt=k.requestAnimationFrame)||Jt)(Xt)),t.__H.__.some(function(n){n.u&&(n.__H=n.u,n.u=void 0)})),Ue=w=null},k.__c=function(e,t){t.some(function(n){try{n.__h.some(me),n.__h=n.__h.filter(function(o){return!o.__||De(o)})}catch(o){t.some(function(a){a.__h&&(a.__h=[])}),t=[],k.__e(o,n.__v)}}),at&&at(e,t)},k.unmount=function(e){it&&it(e);var t,n=e.__c;n&&n.__H&&(n.__H.__.some(function(o){try{me(o)}catch(a){t=a}}),n.__H=void 0,t&&k.__e(t,n.__v))};var lt=typeof requestAnimationFrame=="function";function Jt(e){var t,n=function(){clearTimeout(o),lt&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);lt&&(t=requestAnimationFrame(n))}function me(e){var t=w,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),w=t}function De(e){var t=w;e.__c=e.__(),w=t}function dt(e,t){return!e||e.length!==t.length||t.some(function(n,o){return n!==e[o]})}function _t(e,t){return typeof t=="function"?t(e):t}var Re="",ft=()=>{},ye=class extends Error{constructor(t,n,o,a={}){super(n),this.code=t,this.status=o,this.answer=a}},ht=e=>ft=e,te=e=>Re=e??"";function Zt(e){return(e.includes(":")?e.charAt(0):e.charAt(0).toUpperCase())+e.slice(1)+(/[.!?…]$/.test(e)?"":".")}async function Qt(e){let t=await e.json().catch(()=>({})),{code:n="",says:o}=t;return new ye(n,Zt(o??`the phone did not say why it refused (HTTP status ${e.status})`),e.status,t)}async function S(e,t,{json:n,body:o,headers:a={}}={}){let s={method:e,credentials:"same-origin",cache:"no-store",headers:{...a}};e!=="GET"&&Re&&(s.headers["X-CSRF-Token"]=Re),n!==void 0&&(s.headers["Content-Type"]="application/json"),s.body=n===void 0?o:JSON.stringify(n);let c;try{c=await fetch("/api/"+t,s)}catch{throw new ye("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Qt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function mt(e,t,n){let o=t.flatMap((a,s)=>s===0?[a]:[`
`,a]);return S("POST",e,{body:t.length===1?t[0]:new Blob(o),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(a=>a.name).join(" + ")),...n&&{"X-Passphrase":encodeURIComponent(n)}}})}var $t=()=>{},yt=e=>$t=e,N=(e,t="good")=>$t({text:e,tone:t});function U(e){let[t,n]=b({}),o=$e(async()=>{try{let a=await S("GET",e);n({path:e,data:a})}catch(a){n({path:e,problem:a})}},[e]);return A(()=>{o()},[o]),t.path===e?{...t,reload:o}:{reload:o}}function E(){let[e,t]=b(!1);async function n(o){N(""),t(!0);try{let a=await o();return a?.says&&N(a.says,a.tone),!0}catch(a){return N(a.message,"bad"),!1}finally{t(!1)}}return[e,n]}var gt=function(e,t,n,o){var a;t[0]=0;for(var s=1;s<t.length;s++){var c=t[s++],u=t[s]?(t[0]|=c?1:2,n[t[s++]]):t[++s];c===3?o[0]=u:c===4?o[1]=Object.assign(o[1]||{},u):c===5?(o[1]=o[1]||{})[t[++s]]=u:c===6?o[1][t[++s]]+=u+"":c?(a=e.apply(u,gt(e,u,n,["",null])),o.push(a),u[0]?t[0]|=2:(t[s-2]=0,t[s]=a)):o.push(u)}return o},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(n){for(var o,a,s=1,c="",u="",p=[0],l=function(i){s===1&&(i||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,i,c):s===3&&(i||c)?(p.push(3,i,c),s=2):s===2&&c==="..."&&i?p.push(4,i,0):s===2&&c&&!i?p.push(5,0,!0,c):s>=5&&((c||!i&&s===5)&&(p.push(s,0,c,a),s=6),i&&(p.push(s,i,0,a),s=6)),c=""},_=0;_<n.length;_++){_&&(s===1&&l(),l(_));for(var f=0;f<n[_].length;f++)o=n[_][f],s===1?o==="<"?(l(),p=[p],s=3):c+=o:s===4?c==="--"&&o===">"?(s=1,c=""):c=o+c[0]:u?o===u?u="":c+=o:o==='"'||o==="'"?u=o:o===">"?(l(),s=1):s&&(o==="="?(s=5,a=c,c=""):o==="/"&&(s<5||n[_][f+1]===">")?(l(),s===3&&(p=p[0]),s=p,(p=p[0]).push(2,0,s),s=0):o===" "||o==="	"||o===`
`||o==="\r"?(l(),s=2):c+=o),s===3&&c==="!--"&&(s=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var r=bt.bind(Ae);var en=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,tn=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(en,n=>t&&n===`
`?n:tn(n))}function C(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>C(e).split(" ")[0],q=(e,t)=>e+" "+t+(e===1?"":"s");function ve(e){return e<0?"expired":e===0?"less than a day left":q(e,"day")+" left"}var z=e=>d(e).replaceAll(":","").toUpperCase(),nn={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function ge(e){return e===null?{word:"Not judged",tone:"plain"}:nn[e]??{word:d(e),tone:"warn"}}var be={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var on={added:"good","already there":"plain",repeated:"plain","not added":"warn",refused:"bad"},sn={refuses:"bad",warns:"warn",note:"plain"},rn=({row:e})=>r`
  <li>
    <span class=${"decision "+(on[e.outcome]??"plain")}>${d(e.outcome)}</span>
    ${" "}<span>${d(e.says)}</span>
  </li>
`,an=({remark:e})=>r`
  <li>
    <span class=${"decision "+(sn[e.weight]??"plain")}>${d(e.code)}</span>
    ${" "}<span>${d(e.says)} ${d(e.next)}</span>
  </li>
`;function kt({answer:e}){let t=e?.certificates??[],n=e?.remarks??[];return t.length<2&&n.length===0?null:r`
    <section class="examined" aria-label="What was found in the file">
      ${t.length>1&&r`<h3>Each certificate</h3><ul class="entries">${t.map((o,a)=>r`<${rn} key=${a} row=${o} />`)}</ul>`}
      ${n.length>0&&r`<h3>What was found in the file</h3><ul class="entries">${n.map((o,a)=>r`<${an} key=${a} remark=${o} />`)}</ul>`}
    </section>
  `}var L=({text:e})=>r`<bdi>${d(e)}</bdi>`,P=({group:e,children:t})=>r`
  <h1 tabindex="-1">${e&&r`<span class="group">${e} > </span>`}${t}</h1>
`,T=({tone:e,title:t,children:n})=>r`
  <div class=${"notice "+e}>
    ${t&&r`<p class="notice-title">${t}</p>`}
    ${n}
  </div>
`,K=({decision:e})=>{let{word:t,tone:n}=ge(e);return r`<span class=${"decision "+n}>${t}</span>`};function D({from:e,children:t}){return e.problem?r`<${T} tone="bad unloaded"><p>${e.problem.message}</p><//>`:e.data?t(e.data):r`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var H=({rows:e})=>r`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,n])=>r`<div key=${t}><dt>${t}</dt><dd>${n}</dd></div>`)}
  </dl>
`;function we({path:e,label:t,hint:n,several:o,done:a}){let s=I(),c=I(),[u,p]=b(!1),[l,_]=b(null),[f,i]=E(),h=$e(m=>{c.current=m,m?.focus()},[]);async function v(m){_(null);try{let $=await mt(e,m,c.current?.value);return _($),$}catch($){throw _($.answer),$.code?.startsWith("passphrase-")&&p(!0),$}}async function x(m){m.preventDefault();let $=[...s.current.files];if($.length===0){N("Choose a file first.","bad"),s.current.focus();return}if(!await i(()=>v($))){c.current?.select();return}s.current.value="",p(!1),a()}return r`
    <form class="upload" onSubmit=${x}>
      <label>${t}<input type="file" ref=${s} multiple=${o} onChange=${()=>p(!1)} /></label>
      ${u&&r`<label>Passphrase of the file<input type="password" ref=${h} autocomplete="off" /></label>`}
      <button disabled=${f}>${f?"Uploading…":"Upload"}</button>
      <p class="hint">${n}</p>
    </form>
    <${kt} answer=${l} />
  `}function ne({label:e,question:t,yes:n,busy:o,act:a}){let[s,c]=b(!1),u=l=>l?.focus();return s?r`
    <div class="twice" role="group" aria-label=${e}>
      <span>${t}</span>
      <button type="button" class="danger" onClick=${()=>{c(!1),a()}}>${n}</button>
      <button type="button" class="plain" ref=${u} onClick=${()=>c(!1)}>Keep it</button>
    </div>
  `:r`<button type="button" class="plain" disabled=${o} onClick=${()=>c(!0)}>${e}</button>`}var He=10,Fe=({label:e,name:t,autocomplete:n,field:o,hint:a})=>r`
  <label>
    ${e}
    <input type="password" name=${t} autocomplete=${n} ref=${o} aria-describedby=${a&&t+"-hint"} />
  </label>
  ${a&&r`<p class="hint below" id=${t+"-hint"}>${a}</p>`}
`;function cn({chosen:e,again:t}){let n=[...e.value].length;return n<He?`The new password has ${n} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function St({ended:e,done:t}){let[n,o]=b(!1),[a,s]=E(),c=I(),u=I();A(()=>(n?u:c).current.focus(),[n]);async function p(l){l.preventDefault();let _=l.target,f=n?cn(_):"";if(f){N(f,"bad"),u.current.focus();return}let i={password:_.password.value};n&&(i.new_password=_.chosen.value),await s(async()=>{try{t((await S("POST","session",{json:i})).csrf)}catch(h){if(h.code==="choose-password"&&!n)return o(!0);throw c.current.select(),h}})}return r`
    <${P}>Log In<//>
    ${e&&r`<${T} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Fe} name="password" field=${c} autocomplete="current-password"
        label=${n?"One-time password":"Password"}
        hint=${n?"":"At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${n&&r`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Fe} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Fe} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${a}>${n?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var xt=e=>e.map(d).join(", "),ln=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,un=({shown:e})=>r`
  ${d(e.description)}
  ${e.pem&&r`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,Y=({certificate:e})=>r`
  <${H} rows=${[["Issued To",r`<${L} text=${e.subject.text} />`],["Issued By",r`<${L} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",r`<code>${z(e.serial_number)}</code>`],["Valid From",C(e.not_before)],["Valid Until",C(e.not_after)+" ("+ve(e.days_left)+")"],["Names",xt(e.names.map(ln))||"none"],["Public Key",r`<${un} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",xt([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",r`<code>${d(e.sha256)}</code>`]]} />
`,oe=({subject:e})=>d(e.common_name||e.organization||e.text);var pn=({fix:e})=>r`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&r`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,dn=({finding:e,said:t})=>{let{fix:n}=e;return r`
    <article class="finding">
      ${!t&&r`<p>${d(e.says)}</p>`}
      ${n?.say&&r`<p><strong>Next step:</strong> ${d(n.say)}</p>`}
      ${n?.pem&&r`<${pn} fix=${n} />`}
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
  `},ke=({verdict:{headline:e,findings:t}})=>t.map((n,o)=>r`<${dn} key=${o} finding=${n} said=${n.says===e} />`);var _n=e=>(e/1e3).toFixed(1)+" ms",fn=({toServer:e})=>r`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,hn=({step:e})=>r`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&r`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${e.from==="client"?"client to server":"server to client"}</span>
      ${e.encrypted&&r`<span class="tag">encrypted</span>`}
      ${e.failing&&r`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${fn} toServer=${e.from==="client"} /></div>
    <p class="rung-note">
      ${e.note&&r`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${_n(e.at_us)}</span>
    </p>
  </li>
`,mn=({step:e})=>r`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,$n=({steps:e,encryptedFrom:t})=>r`
  <ol class="ladder" aria-label="Steps">
    ${e.map((n,o)=>r`
        <${G} key=${o}>
          ${o===t&&r`<${mn} step=${n} />`}
          <${hn} step=${n} />
        <//>
      `)}
  </ol>
`,yn=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",Ct=({ladder:e,role:t,server:n})=>r`
  <${H} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+yn(e)]]} />
  ${e.steps.length===0?r`<p class="empty">Not one step of a handshake took place.</p>`:r`
        <div class="lanes" aria-hidden="true">
          <span>${t==="server"?d(n):"This phone"}</span>
          <span>${t==="server"?"This phone":d(n)}</span>
        </div>
        <${$n} steps=${e.steps} encryptedFrom=${e.encrypted_from} />
      `}
`;var vn=({certificates:e,role:t})=>r`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((n,o)=>r`
        <details key=${o} open=${o===0}>
          <summary>${oe(n)}</summary>
          <${Y} certificate=${n} />
        </details>
      `)}
  </section>
`,gn=({shown:e})=>r`
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
    <${Ct} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&r`<${vn} certificates=${e.certificates} role=${e.role} />`}
`;function Tt({argument:e}){let t=U("connections/"+e);return r`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${P} group="Diagnostics">Connection<//>
    <${D} from=${t}>${n=>r`<${gn} shown=${n} />`}<//>
  `}var bn=["Server","Service","Verdict","When"],wn=({row:e})=>r`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${L} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${K} decision=${e.decision} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${C(e.at)}</td>
  </tr>
`,kn=({rows:e})=>e.length===0?r`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:r`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${bn.map(t=>r`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>r`<${wn} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Et(){let e=U("connections");return r`
    <${P} group="Diagnostics">Connections<//>
    <section class="card">
      <${D} from=${e}>${({connections:t})=>r`<${kn} rows=${t} />`}<//>
    </section>
  `}var Pt=({title:e,lines:t})=>t?.length>0&&r`<h4>${e}</h4><ul class="lines">${t.map(n=>r`<li>${d(n)}</li>`)}</ul>`,Sn=({file:e,summary:t})=>r`
  <li>
    <p><strong><${L} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&!t.includes(e.says)&&r`<p>${d(e.says)}</p>`}
    <${Pt} title="Mistakes" lines=${e.mistakes} />
    <${Pt} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&r`<p class="quiet">${q(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,xn=({connection:e})=>r`
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
    ${e.files.length>0&&r`<h3>Files</h3><ul class="entries">${e.files.map(t=>r`<${Sn} key=${t.url} file=${t} summary=${e.summary} />`)}</ul>`}
    ${e.connections.length>0&&r`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,n)=>r`<${xn} key=${n} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var B="static.auto_provision.server.",Cn=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function Tn({settings:e,reload:t}){let[n,o]=E(),a=I(),s=e[B+"password"]?.set;async function c(p){await o(()=>S("PUT","settings",{json:p}))&&(a.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:f}=a.current,i={url:e[B+"url"]?.value,username:e[B+"username"]?.value,password:""},h={url:l.value.trim(),username:_.value,password:f.value},v=Object.keys(h).filter(m=>h[m]!==(i[m]??""));if(v.length===0)return o(()=>({says:"Nothing was changed here, so all stays as it is."}));let x=Object.fromEntries(v.map(m=>[B+m,h[m]]));return c(x)}return r`
    <form class="card" ref=${a} onSubmit=${u} autocomplete="off">
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
  `}function En(){let[e,t]=b(),[n,o]=E();return r`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${n} onClick=${()=>o(async()=>{t(void 0);let s=await S("POST","provision");return t(s),{says:s.summary,tone:s.applied?"good":"bad"}})}>${n?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&r`<${At} report=${e} />`}
  `}function Nt(){let e=U("settings");return r`
    <${P} group="Settings">Auto Provision<//>
    <${D} from=${e}>
      ${t=>r`<${Tn} settings=${Cn(t)} reload=${e.reload} />`}
    <//>
    <${En} />
  `}var Lt=({title:e,use:t})=>r`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?r`<br />${d(t.says)}`:""}</span>
  </li>
`;function Pn({previous:e,reload:t}){let[n,o]=E();async function a(){await o(()=>S("POST","server-certificate/undo"))&&t()}async function s(){await o(()=>S("DELETE","server-certificate/previous"))&&t()}return r`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${oe(e.certificate)}, uploaded ${C(e.added)}</summary>
        <${Y} certificate=${e.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${n} onClick=${a}>Go Back to the Previous Certificate</button>
        <${ne} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${n} act=${s} />
      </p>
    </section>
  `}function An({shown:e,reload:t}){let[n,o]=E();async function a(){await o(()=>S("DELETE","server-certificate"))&&t()}return r`
    ${e.temporary&&r`<${T} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${Y} certificate=${e.certificate} />
      <ul class="uses">
        <${Lt} title="As server certificate" use=${e.usable_as_server} />
        <${Lt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&r`<h3>Sent with it</h3>
        ${e.chain.map(s=>r`<details key=${s.sha256}><summary>${oe(s)}</summary><${Y} certificate=${s} /></details>`)}`}
      ${!e.temporary&&r`<${ne} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${n} act=${a} />`}
    </section>
    ${e.previous&&r`<${Pn} previous=${e.previous} reload=${t} />`}
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${we} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `}function Ut(){let e=U("server-certificate");return r`
    <${P} group="Security">Server Certificates<//>
    <${D} from=${e}>${t=>r`<${An} shown=${t} reload=${e.reload} />`}<//>
  `}var se=(e,t)=>r`<a href=${"#/"+e}>${t}</a>`,Nn=({status:e})=>r`
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
`,Ln=({status:e})=>r`
  <${Nn} status=${e} />
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
`;function Dt(){let e=U("status");return r`
    <${P}>Status<//>
    <${D} from=${e}>${t=>r`<${Ln} status=${t} />`}<//>
  `}var Un={default:"0",custom:"1",all:"2"},Dn={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},It=({label:e,hint:t,on:n,change:o})=>r`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${n} onChange=${a=>o(a.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Rt({trusted:e,reload:t}){let{only_accept_trusted:n,list:o,check_name:a}=e,[s,c]=b(e),[u,p]=E(),l=f=>c({...s,...f});A(()=>c(e),[n,o,a]);async function _(f){f.preventDefault();let i={"static.security.trust_certificates":s.only_accept_trusted?"1":"0","static.security.ca_cert":Un[s.list],"static.security.cn_validation":s.check_name?"1":"0"};await p(()=>S("PUT","settings",{json:i}))&&t()}return r`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      ${e.overrides.length>0&&r`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${e.overrides.join(", ")}.
      </p>`}
      <${It} label="Only Accept Trusted Certificates" on=${s.only_accept_trusted}
        change=${f=>l({only_accept_trusted:f})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(be).map(([f,i])=>r`
            <label class="choice" key=${f}>
              <input type="radio" name="list" value=${f} checked=${s.list===f} onChange=${()=>l({list:f})} />
              <span>${i}</span><span class="hint">${Dn[f]}</span>
            </label>
          `)}
      </fieldset>
      <${It} label="Common Name Validation" on=${s.check_name} change=${f=>l({check_name:f})}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <p class="buttons">
        <button disabled=${u}>Confirm</button>
        <button type="button" class="plain" disabled=${u} onClick=${()=>c(e)}>Cancel</button>
      </p>
    </form>
  `}var In=({row:e})=>r`
  <details>
    <summary>Details</summary>
    <${H} rows=${[["Serial Number",r`<code>${z(e.serial)}</code>`],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Valid Until",C(e.expires)],["Added",C(e.added)+", "+d(e.origin)]]} />
  </details>
`,Rn=({row:e,marked:t,mark:n})=>r`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${L} text=${e.issued_to} /></span><${In} row=${e} /></td>
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
`,Fn=["Index","Issued To","Issued By","Expiration","Delete"];function Hn({rows:e,reload:t}){let[n,o]=b([]),[a,s]=E(),c=(p,l)=>o(n.filter(_=>_!==p).concat(l?p:[]));async function u(){if(n.length===0)return N("Mark the certificates to delete first.","bad");await s(async()=>{for(let p of n)await S("DELETE","trusted/"+p);return{says:q(n.length,"certificate")+" deleted. New connections no longer trust "+(n.length===1?"it.":"them.")}}),o([]),t()}return e.length===0?r`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:r`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Fn.map(p=>r`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>r`<${Rn} key=${p.id} row=${p} marked=${n.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${a} onClick=${u}>Delete Marked</button></p>
  `}var On=({trusted:e,reload:t})=>r`
  ${!e.only_accept_trusted&&r`<${T} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Hn} rows=${e.certificates} reload=${t} />
    <p class="quiet">${e.certificates.length} of at most ${e.limit}.</p>
    <${we} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all, or none." />
  </section>
  <${Rt} trusted=${e} reload=${t} />
`;function Ft(){let e=U("trusted");return r`
    <${P} group="Security">Trusted Certificates<//>
    <${D} from=${e}>${t=>r`<${On} trusted=${t} reload=${e.reload} />`}<//>
  `}var re=[{path:"status",title:"Status",Page:Dt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ft},{path:"security/server",group:"Security",title:"Server Certificates",Page:Ut},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Nt},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Et}];function Mn(e){let t=e.replace(/^#\/?/,""),n=/^diagnostics\/connections\/(\d+)$/.exec(t);return n?{path:"diagnostics/connections",title:"Connection",Page:Tt,argument:n[1]}:re.find(o=>o.path===t)??re[0]}function Ht(){let[e,t]=b(location.hash);return A(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),Mn(e)}var Wn=[...new Set(re.map(e=>e.group))],jn=({group:e,at:t})=>r`
  ${e&&r`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${re.filter(n=>n.group===e).map(n=>r`
        <li key=${n.path}>
          <a href=${"#/"+n.path} aria-current=${n.path===t?"page":void 0}>${n.title}</a>
        </li>
      `)}
  </ul>
`;function Ot({at:e}){let[t,n]=b(!1);return A(()=>{let o=()=>n(!1);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),r`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>n(!t)}>
        Menu
      </button>
      <div class="menu">${Wn.map(o=>r`<${jn} key=${o} group=${o} at=${e} />`)}</div>
    </nav>
  `}var Mt=({words:e,close:t})=>r`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(n=>n&&r`<p>${d(n)}</p>`)}</div>
    ${e.text&&r`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function qn(){let[e,t]=b("asking");return A(()=>{ht(()=>{te(""),t(n=>n==="in"?"ended":n)}),S("GET","session").then(n=>{te(n.csrf),t(n.logged_in?"in":"out")}).catch(n=>N(n.message,"bad"))},[]),[e,t]}function Bn(){let[e,t]=b({text:""});yt(t);let[n,o]=qn(),a=Ht(),s=I(),c=I(location.hash),u=n==="in";A(()=>{document.title=(u?a.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),s.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(f){te(f),t({text:""}),o("in")}async function l(){try{await S("DELETE","session")}catch(f){if(f.status!==401)return N(f.message,"bad")}te(""),o("out"),N("You are logged out.")}function _(f){f.preventDefault(),s.current.querySelector("h1")?.focus()}return r`
    ${u&&r`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&r`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&r`<${Ot} at=${a.path} />`}
    <main ref=${s} class=${u?"":"alone"}>
      <${Mt} words=${e} close=${()=>t({text:""})} />
      ${u&&r`<${a.Page} key=${a.path+a.argument} argument=${a.argument} />`}
      ${(n==="out"||n==="ended")&&r`<${St} ended=${n==="ended"} done=${p} />`}
    </main>
  `}tt(r`<${Bn} />`,document.getElementById("page"));})();
