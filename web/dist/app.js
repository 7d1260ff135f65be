// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
(()=>{var de,$,Ve,Wt,O,Me,Be,je,xe,ae,Z,Ge,Te,Se,Ce,qt,ue={},pe=[],Vt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,fe=Array.isArray;function M(e,t){for(var o in t)e[o]=t[o];return e}function Ne(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function Ae(e,t,o){var n,i,s,c={};for(s in t)s=="key"?n=t[s]:s=="ref"?i=t[s]:c[s]=t[s];if(arguments.length>2&&(c.children=arguments.length>3?de.call(arguments,2):o),typeof e=="function"&&e.defaultProps!=null)for(s in e.defaultProps)c[s]===void 0&&(c[s]=e.defaultProps[s]);return ce(e,c,n,i,null)}function ce(e,t,o,n,i){var s={type:e,props:t,key:o,ref:n,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:i??++Ve,__i:-1,__u:0};return i==null&&$.vnode!=null&&$.vnode(s),s}function G(e){return e.children}function le(e,t){this.props=e,this.context=t}function q(e,t){if(t==null)return e.__?q(e.__,e.__i+1):null;for(var o;t<e.__k.length;t++)if((o=e.__k[t])!=null&&o.__e!=null)return o.__e;return typeof e.type=="function"?q(e):null}function Bt(e){if(e.__P&&e.__d){var t=e.__v,o=t.__e,n=[],i=[],s=M({},t);s.__v=t.__v+1,$.vnode&&$.vnode(s),Pe(e.__P,s,t,e.__n,e.__P.namespaceURI,32&t.__u?[o]:null,n,o??q(t),!!(32&t.__u),i),s.__v=t.__v,s.__.__k[s.__i]=s,Je(n,s,i),t.__e=t.__=null,s.__e!=o&&ze(s)}}function ze(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),ze(e)}function Oe(e){(!e.__d&&(e.__d=!0)&&O.push(e)&&!_e.__r++||Me!=$.debounceRendering)&&((Me=$.debounceRendering)||Be)(_e)}function _e(){try{for(var e,t=1;O.length;)O.length>t&&O.sort(je),e=O.shift(),t=O.length,Bt(e)}finally{O.length=_e.__r=0}}function Ke(e,t,o,n,i,s,c,u,p,l,_){var f,a,m,y,L,k,w=n&&n.__k||pe,h=t.length;for(p=jt(o,t,w,p,h),f=0;f<h;f++)(m=o.__k[f])!=null&&(a=m.__i!=-1&&w[m.__i]||ue,m.__i=f,k=Pe(e,m,a,i,s,c,u,p,l,_),y=m.__e,m.ref&&a.ref!=m.ref&&(a.ref&&Ee(a.ref,null,m),_.push(m.ref,m.__c||y,m)),L==null&&y!=null&&(L=y),4&m.__u?(p=Ye(m,p,e),a.__e&&(a.__e=null)):typeof m.type=="function"&&k!==void 0?p=k:y&&(p=y.nextSibling),m.__u&=-7);return o.__e=L,p}function jt(e,t,o,n,i){var s,c,u,p,l,_=o.length,f=_,a=0;for(e.__k=new Array(i),s=0;s<i;s++)(c=t[s])!=null&&typeof c!="boolean"&&typeof c!="function"?(typeof c=="string"||typeof c=="number"||typeof c=="bigint"||c.constructor==String?c=e.__k[s]=ce(null,c,null,null,null):fe(c)?c=e.__k[s]=ce(G,{children:c},null,null,null):c.constructor===void 0&&c.__b>0?c=e.__k[s]=ce(c.type,c.props,c.key,c.ref?c.ref:null,c.__v):e.__k[s]=c,p=s+a,c.__=e,c.__b=e.__b+1,u=null,(l=c.__i=Gt(c,o,p,f))!=-1&&(f--,(u=o[l])&&(u.__u|=2)),u==null||u.__v==null?(l==-1&&(i>_?a--:i<_&&a++),typeof c.type!="function"&&(c.__u|=4)):l!=p&&(l==p-1?a--:l==p+1?a++:(l>p?a--:a++,c.__u|=4))):e.__k[s]=null;if(f)for(s=0;s<_;s++)(u=o[s])!=null&&(2&u.__u)==0&&(u.__e==n&&(n=q(u)),Qe(u,u));return n}function Ye(e,t,o){var n,i;if(typeof e.type=="function"){for(n=e.__k,i=0;n&&i<n.length;i++)n[i]&&(n[i].__=e,t=Ye(n[i],t,o));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=q(e)),t=o.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function Gt(e,t,o,n){var i,s,c,u=e.key,p=e.type,l=t[o],_=l!=null&&(2&l.__u)==0;if(l===null&&u==null||_&&u==l.key&&p==l.type)return o;if(n>(_?1:0)){for(i=o-1,s=o+1;i>=0||s<t.length;)if((l=t[c=i>=0?i--:s++])!=null&&(2&l.__u)==0&&u==l.key&&p==l.type)return c}return-1}function We(e,t,o){t[0]=="-"?e.setProperty(t,o??""):e[t]=o==null?"":typeof o!="number"||Vt.test(t)?o:o+"px"}function ie(e,t,o,n,i){var s,c;e:if(t=="style")if(typeof o=="string")e.style.cssText=o;else{if(typeof n=="string"&&(e.style.cssText=n=""),n)for(t in n)o&&t in o||We(e.style,t,"");if(o)for(t in o)n&&o[t]==n[t]||We(e.style,t,o[t])}else if(t[0]=="o"&&t[1]=="n")s=t!=(t=t.replace(Ge,"$1")),c=t.toLowerCase(),t=c in e||t=="onFocusOut"||t=="onFocusIn"?c.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+s]=o,o?n?o[Z]=n[Z]:(o[Z]=Te,e.addEventListener(t,s?Ce:Se,s)):e.removeEventListener(t,s?Ce:Se,s);else{if(i=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=o??"";break e}catch{}typeof o=="function"||(o==null||o===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&o==1?"":o))}}function qe(e){return function(t){if(this.l){var o=this.l[t.type+e];if(t[ae]==null)t[ae]=Te++;else if(t[ae]<o[Z])return;return o($.event?$.event(t):t)}}}function Pe(e,t,o,n,i,s,c,u,p,l){var _,f,a,m,y,L,k,w,h,I,X,W,J,Fe,re,ke,R=t.type;if(t.constructor!==void 0)return null;128&o.__u&&(p=!!(32&o.__u),s=[u=t.__e=o.__e]),(_=$.__b)&&_(t);e:if(typeof R=="function"){f=c.length;try{if(h=t.props,I=R.prototype&&R.prototype.render,X=(_=R.contextType)&&n[_.__c],W=_?X?X.props.value:_.__:n,o.__c?w=(a=t.__c=o.__c).__=a.__E:(I?t.__c=a=new R(h,W):(t.__c=a=new le(h,W),a.constructor=R,a.render=Kt),X&&X.sub(a),a.state||(a.state={}),a.__n=n,m=a.__d=!0,a.__h=[],a._sb=[]),I&&a.__s==null&&(a.__s=a.state),I&&R.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=M({},a.__s)),M(a.__s,R.getDerivedStateFromProps(h,a.__s))),y=a.props,L=a.state,a.__v=t,m)I&&R.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),I&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(I&&R.getDerivedStateFromProps==null&&h!==y&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps(h,W),t.__v==o.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate(h,a.__s,W)===!1){t.__v!=o.__v&&(a.props=h,a.state=a.__s,a.__d=!1),t.__e=o.__e,t.__k=o.__k,t.__k.some(function(j){j&&(j.__=t)}),pe.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&c.push(a),u=q(o);break e}a.componentWillUpdate!=null&&a.componentWillUpdate(h,a.__s,W),I&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate(y,L,k)})}if(a.context=W,a.props=h,a.__P=e,a.__e=!1,J=$.__r,Fe=0,I)a.state=a.__s,a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),pe.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,J&&J(t),_=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Fe<25);a.state=a.__s,a.getChildContext!=null&&(n=M(M({},n),a.getChildContext())),I&&!m&&a.getSnapshotBeforeUpdate!=null&&(k=a.getSnapshotBeforeUpdate(y,L)),re=_!=null&&_.type===G&&_.key==null?Ze(_.props.children):_,u=Ke(e,fe(re)?re:[re],t,o,n,i,s,c,u,p,l),a.base=t.__e,t.__u&=-161,a.__h.length&&c.push(a),w&&(a.__E=a.__=null)}catch(j){if(c.length=f,t.__v=null,p||s!=null){if(j.then){for(t.__u|=p?160:128;u&&u.nodeType==8&&u.nextSibling;)u=u.nextSibling;s!=null&&(s[s.indexOf(u)]=null),t.__e=u}else if(s!=null)for(ke=s.length;ke--;)Ne(s[ke])}else t.__e=o.__e;t.__k==null&&(t.__k=o.__k||[]),j.then||Xe(t),$.__e(j,t,o)}}else s==null&&t.__v==o.__v?(t.__k=o.__k,t.__e=o.__e):u=t.__e=zt(o.__e,t,o,n,i,s,c,p,l);return(_=$.diffed)&&_(t),128&t.__u?void 0:u}function Xe(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Xe))}function Je(e,t,o){for(var n=0;n<o.length;n++)Ee(o[n],o[++n],o[++n]);$.__c&&$.__c(t,e),e.some(function(i){try{e=i.__h,i.__h=[],e.some(function(s){s.call(i)})}catch(s){$.__e(s,i.__v)}})}function Ze(e){return typeof e!="object"||e==null||e.__b>0?e:fe(e)?e.map(Ze):e.constructor!==void 0?null:M({},e)}function zt(e,t,o,n,i,s,c,u,p){var l,_,f,a,m,y,L,k=o.props||ue,w=t.props,h=t.type;if(h=="svg"?i="http://www.w3.org/2000/svg":h=="math"?i="http://www.w3.org/1998/Math/MathML":i||(i="http://www.w3.org/1999/xhtml"),s!=null){for(l=0;l<s.length;l++)if((m=s[l])&&"setAttribute"in m==!!h&&(h?m.localName==h:m.nodeType==3)){e=m,s[l]=null;break}}if(e==null){if(h==null)return document.createTextNode(w);e=document.createElementNS(i,h,w.is&&w),u&&($.__m&&$.__m(t,s),u=!1),s=null}if(h==null)k===w||u&&e.data==w||(e.data=w);else{if(s=h=="textarea"&&w.defaultValue!=null?null:s&&de.call(e.childNodes),!u&&s!=null)for(k={},l=0;l<e.attributes.length;l++)k[(m=e.attributes[l]).name]=m.value;for(l in k)m=k[l],l=="dangerouslySetInnerHTML"?f=m:l=="children"||l in w||l=="value"&&"defaultValue"in w||l=="checked"&&"defaultChecked"in w||ie(e,l,null,m,i);for(l in w)m=w[l],l=="children"?a=m:l=="dangerouslySetInnerHTML"?_=m:l=="value"?y=m:l=="checked"?L=m:u&&typeof m!="function"||k[l]===m||ie(e,l,m,k[l],i);if(_)u||f&&(_.__html==f.__html||_.__html==e.innerHTML)||(e.innerHTML=_.__html),t.__k=[];else if(f&&(e.innerHTML=""),Ke(t.type=="template"?e.content:e,fe(a)?a:[a],t,o,n,h=="foreignObject"?"http://www.w3.org/1999/xhtml":i,s,c,s?s[0]:o.__k&&q(o,0),u,p),s!=null)for(l=s.length;l--;)Ne(s[l]);u&&h!="textarea"||(l="value",h=="progress"&&y==null?e.removeAttribute("value"):y!=null&&(y!==e[l]||h=="progress"&&!y||h=="option"&&y!=k[l])&&ie(e,l,y,k[l],i),l="checked",L!=null&&L!=e[l]&&ie(e,l,L,k[l],i))}return e}function Ee(e,t,o){try{if(typeof e=="function"){var n=typeof e.__u=="function";n&&e.__u(),n&&t==null||(e.__u=e(t))}else e.current=t}catch(i){$.__e(i,o)}}function Qe(e,t,o){var n,i;if($.unmount&&$.unmount(e),(n=e.ref)&&(n.current&&n.current!=e.__e||Ee(n,null,t)),(n=e.__c)!=null){if(n.componentWillUnmount)try{n.componentWillUnmount()}catch(s){$.__e(s,t)}n.base=n.__P=n.__n=null}if(n=e.__k)for(i=0;i<n.length;i++)n[i]&&Qe(n[i],t,o||typeof e.type!="function");o||Ne(e.__e),e.__c=e.__=e.__e=void 0}function Kt(e,t,o){return this.constructor(e,o)}function et(e,t,o){var n,i,s,c;t==document&&(t=document.documentElement),$.__&&$.__(e,t),i=(n=typeof o=="function")?null:o&&o.__k||t.__k,s=[],c=[],Pe(t,e=(!n&&o||t).__k=Ae(G,null,[e]),i||ue,ue,t.namespaceURI,!n&&o?[o]:i?null:t.firstChild?de.call(t.childNodes):null,s,!n&&o?o:i?i.__e:t.firstChild,n,c),Je(s,e,c),e.props.children=null}de=pe.slice,$={__e:function(e,t,o,n){for(var i,s,c;t=t.__;)if((i=t.__c)&&!i.__)try{if((s=i.constructor)&&s.getDerivedStateFromError!=null&&(i.setState(s.getDerivedStateFromError(e)),c=i.__d),i.componentDidCatch!=null&&(i.componentDidCatch(e,n||{}),c=i.__d),c)return i.__E=i}catch(u){e=u}throw e}},Ve=0,Wt=function(e){return e!=null&&e.constructor===void 0},le.prototype.setState=function(e,t){var o;o=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=M({},this.state),typeof e=="function"&&(e=e(M({},o),this.props)),e&&M(o,e),e!=null&&this.__v&&(t&&this._sb.push(t),Oe(this))},le.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),Oe(this))},le.prototype.render=G,O=[],Be=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,je=function(e,t){return e.__v.__b-t.__v.__b},_e.__r=0,xe=Math.random().toString(8),ae="__d"+xe,Z="__a"+xe,Ge=/(PointerCapture)$|Capture$/i,Te=0,Se=qe(!1),Ce=qe(!0),qt=0;var Q,v,Le,tt,ee=0,lt=[],g=$,ot=g.__b,nt=g.__r,st=g.diffed,rt=g.__c,it=g.unmount,at=g.__;function De(e,t){g.__h&&g.__h(v,e,ee||t),ee=0;var o=v.__H||(v.__H={__:[],__h:[]});return e>=o.__.length&&o.__.push({}),o.__[e]}function b(e){return ee=1,Yt(dt,e)}function Yt(e,t,o){var n=De(Q++,2);if(n.t=e,!n.__c&&(n.__=[o?o(t):dt(void 0,t),function(u){var p=n.__N?n.__N[0]:n.__[0],l=n.t(p,u);p!==l&&(n.__N=[l,n.__[1]],n.__c.setState({}))}],n.__c=v,!v.__f)){var i=function(u,p,l){if(!n.__c.__H)return!0;var _=!1,f=n.__c.props!==u;if(n.__c.__H.__.some(function(m){if(m.__N){_=!0;var y=m.__[0];m.__=m.__N,m.__N=void 0,y!==m.__[0]&&(f=!0)}}),s){var a=s.call(this,u,p,l);return _?a||f:a}return!_||f};v.__f=!0;var s=v.shouldComponentUpdate,c=v.componentWillUpdate;v.componentWillUpdate=function(u,p,l){if(this.__e){var _=s;s=void 0,i(u,p,l),s=_}c&&c.call(this,u,p,l)},v.shouldComponentUpdate=i}return n.__N||n.__}function N(e,t){var o=De(Q++,3);!g.__s&&_t(o.__H,t)&&(o.__=e,o.u=t,v.__H.__h.push(o))}function H(e){return ee=5,ut(function(){return{current:e}},[])}function ut(e,t){var o=De(Q++,7);return _t(o.__H,t)&&(o.__=e(),o.__H=t,o.__h=e),o.__}function pt(e,t){return ee=8,ut(function(){return e},t)}function Xt(){for(var e;e=lt.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(me),t.__h.some(Ue),t.__h=[]}catch(o){t.__h=[],g.__e(o,e.__v)}}}g.__b=function(e){v=null,ot&&ot(e)},g.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),at&&at(e,t)},g.__r=function(e){nt&&nt(e),Q=0;var t=(v=e.__c).__H;t&&(Le===v?(t.__h=[],v.__h=[],t.__.some(function(o){o.__N&&(o.__=o.__N),o.u=o.__N=void 0})):(t.__h.some(me),t.__h.some(Ue),t.__h=[],Q=0)),Le=v},g.diffed=function(e){st&&st(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(lt.push(t)!==1&&tt===g.requestAnimationFrame||((tt=g.requestAnimationFrame)||Jt)(Xt)),t.__H.__.some(function(o){o.u&&(o.__H=o.u,o.u=void 0)})),Le=v=null},g.__c=function(e,t){t.some(function(o){try{o.__h.some(me),o.__h=o.__h.filter(function(n){return!n.__||Ue(n)})}catch(n){t.some(function(i){i.__h&&(i.__h=[])}),t=[],g.__e(n,o.__v)}}),rt&&rt(e,t)},g.unmount=function(e){it&&it(e);var t,o=e.__c;o&&o.__H&&(o.__H.__.some(function(n){try{me(n)}catch(i){t=i}}),o.__H=void 0,t&&g.__e(t,o.__v))};var ct=typeof requestAnimationFrame=="function";function Jt(e){var t,o=function(){clearTimeout(n),ct&&cancelAnimationFrame(t),setTimeout(e)},n=setTimeout(o,35);ct&&(t=requestAnimationFrame(o))}function me(e){var t=v,o=e.__c;typeof o=="function"&&(e.__c=void 0,o()),v=t}function Ue(e){var t=v;e.__c=e.__(),v=t}function _t(e,t){return!e||e.length!==t.length||t.some(function(o,n){return o!==e[n]})}function dt(e,t){return typeof t=="function"?t(e):t}var Ie="",ft=()=>{},he=class extends Error{constructor(t,o,n){super(o),this.code=t,this.status=n}},mt=e=>ft=e,te=e=>Ie=e??"";function Zt(e){let t=e.trim();return t.charAt(0).toUpperCase()+t.slice(1)+(/[.!?…]$/.test(t)?"":".")}async function Qt(e){let{code:t="",says:o}=await e.json().catch(()=>({}));return new he(t,Zt(o??`the phone did not say why it refused (HTTP status ${e.status})`),e.status)}async function x(e,t,{json:o,body:n,headers:i={}}={}){let s={method:e,credentials:"same-origin",cache:"no-store",headers:{...i}};e!=="GET"&&Ie&&(s.headers["X-CSRF-Token"]=Ie),o!==void 0&&(s.headers["Content-Type"]="application/json"),s.body=o===void 0?n:JSON.stringify(o);let c;try{c=await fetch("/api/"+t,s)}catch{throw new he("unreachable","The phone did not answer. Is it running? Reload this page to try again.",0)}if(!c.ok){let u=await Qt(c);throw c.status===401&&t!=="session"&&ft(),u}return c.status===204?{}:c.json()}function ht(e,t){let o=t.flatMap((n,i)=>i===0?[n]:[`
`,n]);return x("POST",e,{body:t.length===1?t[0]:new Blob(o),headers:{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.map(n=>n.name).join(" + "))}})}var $t=()=>{},yt=e=>$t=e,A=(e,t="good")=>$t({text:e,tone:t});function U(e){let[t,o]=b({}),n=pt(async()=>{try{let i=await x("GET",e);o({path:e,data:i})}catch(i){o({path:e,problem:i})}},[e]);return N(()=>{n()},[n]),t.path===e?{...t,reload:n}:{reload:n}}function P(){let[e,t]=b(!1);async function o(n){A(""),t(!0);try{let i=await n();return i?.says&&A(i.says,i.tone),!0}catch(i){return A(i.message,"bad"),!1}finally{t(!1)}}return[e,o]}var gt=function(e,t,o,n){var i;t[0]=0;for(var s=1;s<t.length;s++){var c=t[s++],u=t[s]?(t[0]|=c?1:2,o[t[s++]]):t[++s];c===3?n[0]=u:c===4?n[1]=Object.assign(n[1]||{},u):c===5?(n[1]=n[1]||{})[t[++s]]=u:c===6?n[1][t[++s]]+=u+"":c?(i=e.apply(u,gt(e,u,o,["",null])),n.push(i),u[0]?t[0]|=2:(t[s-2]=0,t[s]=i)):n.push(u)}return n},vt=new Map;function bt(e){var t=vt.get(this);return t||(t=new Map,vt.set(this,t)),(t=gt(this,t.get(e)||(t.set(e,t=(function(o){for(var n,i,s=1,c="",u="",p=[0],l=function(a){s===1&&(a||(c=c.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?p.push(0,a,c):s===3&&(a||c)?(p.push(3,a,c),s=2):s===2&&c==="..."&&a?p.push(4,a,0):s===2&&c&&!a?p.push(5,0,!0,c):s>=5&&((c||!a&&s===5)&&(p.push(s,0,c,i),s=6),a&&(p.push(s,a,0,i),s=6)),c=""},_=0;_<o.length;_++){_&&(s===1&&l(),l(_));for(var f=0;f<o[_].length;f++)n=o[_][f],s===1?n==="<"?(l(),p=[p],s=3):c+=n:s===4?c==="--"&&n===">"?(s=1,c=""):c=n+c[0]:u?n===u?u="":c+=n:n==='"'||n==="'"?u=n:n===">"?(l(),s=1):s&&(n==="="?(s=5,i=c,c=""):n==="/"&&(s<5||o[_][f+1]===">")?(l(),s===3&&(p=p[0]),s=p,(p=p[0]).push(2,0,s),s=0):n===" "||n==="	"||n===`
`||n==="\r"?(l(),s=2):c+=n),s===3&&c==="!--"&&(s=4,p=p[0])}return l(),p})(e)),t),arguments,[])).length>1?t:t[0]}var r=bt.bind(Ae);var eo=/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu,to=e=>"\\u{"+e.codePointAt(0).toString(16).toUpperCase()+"}";function d(e,t=!1){return String(e??"").replace(eo,o=>t&&o===`
`?o:to(o))}function C(e){let t=/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(e??"");return t?`${t[1]} ${t[2]} UTC`:d(e)}var wt=e=>C(e).split(" ")[0],V=(e,t)=>e+" "+t+(e===1?"":"s");function z(e){return e<0?"expired":e===0?"less than a day left":V(e,"day")+" left"}var K=e=>d(e).replaceAll(":","").toUpperCase(),oo={trusted:{word:"Trusted",tone:"good"},untrusted:{word:"Refused",tone:"bad"},"accepted-untrusted":{word:"Accepted, not trusted",tone:"warn"},"not-established":{word:"Not established",tone:"bad"}};function $e(e,t){return t==="server"&&e==="not-established"?{word:"No certificate",tone:"plain"}:oo[e]??{word:d(e),tone:"warn"}}var ye={custom:"Custom Certificates",default:"Default Certificates",all:"All Certificates"};var E=({text:e})=>r`<bdi>${d(e)}</bdi>`,T=({group:e,children:t})=>r`
  <h1 tabindex="-1">${e&&r`<span class="group">${e} > </span>`}${t}</h1>
`,S=({tone:e,title:t,children:o})=>r`
  <div class=${"notice "+e}>
    ${t&&r`<p class="notice-title">${t}</p>`}
    ${o}
  </div>
`,Y=({decision:e,role:t})=>{let{word:o,tone:n}=$e(e,t);return r`<span class=${"decision "+n}>${o}</span>`};function D({from:e,children:t}){return e.problem?r`<${S} tone="bad"><p>${e.problem.message}</p><//>`:e.data?t(e.data):r`<p class="quiet" aria-busy="true">Asking the phone…</p>`}var F=({rows:e})=>r`
  <dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,o])=>r`<div key=${t}><dt>${t}</dt><dd>${o}</dd></div>`)}
  </dl>
`;function ve({path:e,label:t,hint:o,several:n,done:i}){let s=H(),[c,u]=P();async function p(l){l.preventDefault();let _=[...s.current.files];if(_.length===0){A("Choose a file first.","bad"),s.current.focus();return}await u(()=>ht(e,_))&&(s.current.value="",i())}return r`
    <form class="upload" onSubmit=${p}>
      <label>${t}<input type="file" ref=${s} multiple=${n} /></label>
      <button disabled=${c}>${c?"Uploading…":"Upload"}</button>
      <p class="hint">${o}</p>
    </form>
  `}function ge({label:e,question:t,yes:o,busy:n,act:i}){let[s,c]=b(!1),u=l=>l?.focus();return s?r`
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
`;function no({chosen:e,again:t}){let o=[...e.value].length;return o<He?`The new password has ${o} characters; it needs at least ${He}.`:e.value===t.value?"":"The new password and its repetition differ. Type both again."}function kt({ended:e,done:t}){let[o,n]=b(!1),[i,s]=P(),c=H(),u=H();N(()=>(o?u:c).current.focus(),[o]);async function p(l){l.preventDefault();let _=l.target,f=o?no(_):"";if(f){A(f,"bad"),u.current.focus();return}let a={password:_.password.value};o&&(a.new_password=_.chosen.value),await s(async()=>{try{t((await x("POST","session",{json:a})).csrf)}catch(m){if(m.code==="choose-password"&&!o)return n(!0);throw c.current.select(),m}})}return r`
    <${T}>Log In<//>
    ${e&&r`<${S} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${p}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Re} name="password" field=${c} autocomplete="current-password"
        label=${o?"One-time password":"Password"}
        hint=${o?"":"At the first log-in: the one-time password that the phone printed when it started."} />
      ${o&&r`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Re} name="chosen" field=${u} autocomplete="new-password" label="New password"
          hint=${"At least "+He+" characters."} />
        <${Re} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${i}>${o?"Set Password and Log In":"Log In"}</button>
    </form>
  `}var xt=e=>e.map(d).join(", "),so=({kind:e,value:t})=>e==="dns"||e==="ip"?t:e+" "+t,ro=({shown:e})=>r`
  ${d(e.description)}
  ${e.pem&&r`<details><summary>The key itself</summary><pre>${d(e.pem,!0)}</pre></details>`}
`,oe=({certificate:e})=>r`
  <${F} rows=${[["Issued To",r`<${E} text=${e.subject.text} />`],["Issued By",r`<${E} text=${e.issuer.text} />${e.self_signed?" (signed by itself)":""}`],["Serial Number",r`<code>${K(e.serial_number)}</code>`],["Valid From",C(e.not_before)],["Valid Until",C(e.not_after)+" ("+z(e.days_left)+")"],["Names",xt(e.names.map(so))||"none"],["Public Key",r`<${ro} shown=${e.public_key} />`],["Signature",d(e.signature_algorithm)],["Usages",xt([...e.key_usage??[],...e.extended_key_usage??[]])||"any"],["CA",e.ca?"yes":"no"],["SHA-256",r`<code>${d(e.sha256)}</code>`]]} />
`,be=({subject:e})=>d(e.common_name||e.organization||e.text);var io=({fix:e})=>r`
  <p class="download">
    <a class="button" download=${e.file} href=${"data:application/x-pem-file,"+encodeURIComponent(e.pem)}>Save ${d(e.file)}</a>
    ${e.sha256&&r`<span class="hint">SHA-256 <code>${d(e.sha256)}</code></span>`}
  </p>
`,ao=({finding:e})=>{let{fix:t}=e;return r`
    <article class="finding">
      <p>${d(e.says)}</p>
      ${t?.say&&r`<p><strong>Next step:</strong> ${d(t.say)}</p>`}
      ${t?.pem&&r`<${io} fix=${t} />`}
      ${t?.desk_phones?.length>0&&r`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${t.desk_phones.map(d).join(`
`)}</pre>`}
      <details>
        <summary>Details</summary>
        <p><code>${d(e.code)}</code></p>
        ${e.details&&r`<p class="quiet">${d(e.details)}</p>`}
      </details>
    </article>
  `},we=({verdict:{headline:e,findings:t}})=>r`
  ${!t.some(({says:o})=>o===e)&&r`<p>${d(e)}</p>`}
  ${t.map((o,n)=>r`<${ao} key=${n} finding=${o} />`)}
`;var co=e=>(e/1e3).toFixed(1)+" ms",St=e=>e.from_client??e.from==="client",lo=({toServer:e})=>r`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head "+(e?"right":"left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${e?"M0 0L10 5L0 10Z":"M10 0L0 5L10 10Z"} />
  </svg>
`,uo=({rung:e})=>r`
  <li class=${"rung"+(e.encrypted?" encrypted":"")+(e.failing?" failing":"")}>
    <p class="rung-name">
      ${e.number&&r`<span class="number">${d(e.number)}</span>`}
      <strong>${d(e.name)}</strong>
      <span class="unseen">, ${St(e)?"client to server":"server to client"}</span>
      ${e.encrypted&&r`<span class="tag">encrypted</span>`}
      ${e.failing&&r`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${lo} toServer=${St(e)} /></div>
    <p class="rung-note">
      ${e.note&&r`<span>${d(e.note)}</span>`}
      <span class="quiet">${e.size>0?e.size+" octets, ":""}${co(e.at_us)}</span>
    </p>
  </li>
`,po=({rung:e})=>r`
  <li class="from-here"><p>From here on (${d(e.number||e.name)}) the connection is encrypted</p></li>
`,_o=({rungs:e,encryptedFrom:t})=>r`
  <ol class="ladder" aria-label="Steps">
    ${e.map((o,n)=>r`
        <${G} key=${n}>
          ${n===t&&r`<${po} rung=${o} />`}
          <${uo} rung=${o} />
        <//>
      `)}
  </ol>
`,fo=e=>e.forward_secret?"forward secret: whoever gets the server's key later cannot read it":"not forward secret: whoever gets the server's key later can read it",Ct=({ladder:e,role:t,server:o})=>{let n=e.rungs??e.steps;return r`
    <${F} rows=${[["Result",d(e.result)],["Version",d(e.version)],["Cipher",d(e.cipher_suite)],["Key exchange",e.key_exchange&&d(e.key_exchange)+"; "+fo(e)]]} />
    ${n.length===0?r`<p class="empty">Not one step of a handshake took place.</p>`:r`
          <div class="lanes" aria-hidden="true">
            <span>${t==="server"?d(o):"This phone"}</span>
            <span>${t==="server"?"This phone":d(o)}</span>
          </div>
          <${_o} rungs=${n} encryptedFrom=${e.encrypted_from} />
        `}
  `};var mo=({certificates:e,role:t})=>r`
  <section class="card">
    <h2>Certificates that ${t==="server"?"the other side":"the server"} sent</h2>
    ${e.map((o,n)=>r`
        <details key=${n} open=${n===0}>
          <summary>${be(o)}</summary>
          <${oe} certificate=${o} />
        </details>
      `)}
  </section>
`,ho=({shown:e})=>r`
  <${S} tone=${$e(e.verdict.decision,e.role).tone}>
    <p class="notice-title">
      <${Y} decision=${e.verdict.decision} role=${e.role} /> <${E} text=${e.server} />
    </p>
    <p class="quiet">${C(e.at)}, ${d(e.service)}; the phone was the ${d(e.role)}.</p>
  <//>
  <section class="card">
    <h2>What was found</h2>
    <${we} verdict=${e.verdict} />
  </section>
  <section class="card">
    <h2>Step by step</h2>
    <${Ct} ladder=${e.handshake} role=${e.role} server=${e.server} />
  </section>
  ${e.certificates.length>0&&r`<${mo} certificates=${e.certificates} role=${e.role} />`}
`;function Tt({argument:e}){let t=U("connections/"+e);return r`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${T} group="Diagnostics">Connection<//>
    <${D} from=${t}>${o=>r`<${ho} shown=${o} />`}<//>
  `}var $o=["Server","Service","Verdict","When"],yo=({row:e})=>r`
  <tr role="row">
    <td role="cell" data-label="Server">
      <a class="value" href=${"#/diagnostics/connections/"+e.id}><${E} text=${e.server} /></a>
    </td>
    <td role="cell" data-label="Service">${d(e.service)} <span class="life">phone was the ${d(e.role)}</span></td>
    <td role="cell" data-label="Verdict"><${Y} decision=${e.decision} role=${e.role} /><span class="life">${d(e.headline)}</span></td>
    <td role="cell" data-label="When">${C(e.at)}</td>
  </tr>
`,vo=({rows:e})=>e.length===0?r`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`:r`
        <table role="table" class="wide">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${$o.map(t=>r`<th role="columnheader" scope="col">${t}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${e.map(t=>r`<${yo} key=${t.id} row=${t} />`)}</tbody>
        </table>
      `;function Nt(){let e=U("connections");return r`
    <${T} group="Diagnostics">Connections<//>
    <section class="card">
      <${D} from=${e}>${({connections:t})=>r`<${vo} rows=${t} />`}<//>
    </section>
  `}var At=({title:e,lines:t})=>t?.length>0&&r`<h4>${e}</h4><ul class="lines">${t.map(o=>r`<li>${d(o)}</li>`)}</ul>`,go=({file:e})=>r`
  <li>
    <p><strong><${E} text=${e.url} /></strong> <span class="quiet">${d(e.outcome)}</span></p>
    ${e.says&&r`<p>${d(e.says)}</p>`}
    <${At} title="Mistakes" lines=${e.mistakes} />
    <${At} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&r`<p class="quiet">${V(e.unknown_keys,"key")} of other functions passed over.</p>`}
  </li>
`,bo=({connection:e})=>r`
  <li>
    <p><${Y} decision=${e.verdict.decision} /> <strong><${E} text=${e.server} /></strong></p>
    <${we} verdict=${e.verdict} />
  </li>
`,Pt=({report:e})=>r`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${S} tone=${e.applied?"good":"bad"} title=${d(e.summary)} />
    ${e.warnings.map(t=>r`<${S} tone="warn"><p>${d(t)}</p><//>`)}
    ${e.files.length>0&&r`<h3>Files</h3><ul class="entries">${e.files.map(t=>r`<${go} key=${t.url} file=${t} />`)}</ul>`}
    ${e.connections.length>0&&r`<h3>Connections</h3>
      <ul class="entries">${e.connections.map((t,o)=>r`<${bo} key=${o} connection=${t} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;var B="static.auto_provision.server.",wo=({settings:e})=>Object.fromEntries(e.map(t=>[t.name,t]));function ko({settings:e,reload:t}){let[o,n]=P(),i=H(),s=e[B+"password"]?.set;async function c(p){await n(()=>x("PUT","settings",{json:p}))&&(i.current.password.value="",t())}function u(p){p.preventDefault();let{url:l,user:_,password:f}=i.current,a={[B+"url"]:l.value.trim(),[B+"username"]:_.value};return f.value!==""&&(a[B+"password"]=f.value),c(a)}return r`
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
        ${s&&r`<${ge} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${o} act=${()=>c({[B+"password"]:null})} />`}
      </div>
    </form>
  `}function xo(){let[e,t]=b(),[o,n]=P();return r`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${o} onClick=${()=>n(async()=>{t(void 0);let s=await x("POST","provision");return t(s),{says:s.summary,tone:s.applied?"good":"bad"}})}>${o?"Asking the server…":"Autoprovision Now"}</button>
    </section>
    ${e&&r`<${Pt} report=${e} />`}
  `}function Et(){let e=U("settings");return r`
    <${T} group="Settings">Auto Provision<//>
    <${D} from=${e}>
      ${t=>r`<${ko} settings=${wo(t)} reload=${e.reload} />`}
    <//>
    <${xo} />
  `}var Lt=({title:e,use:t})=>r`
  <li>
    <span class=${"decision "+(t.usable?"good":"bad")}>${t.usable?"Yes":"No"}</span>
    <span><strong>${e}</strong>${t.says?r`<br />${d(t.says)}`:""}</span>
  </li>
`;function So({shown:e,reload:t}){let[o,n]=P();async function i(){await n(()=>x("DELETE","server-certificate"))&&t()}return r`
    ${e.temporary&&r`<${S} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${oe} certificate=${e.certificate} />
      <ul class="uses">
        <${Lt} title="As server certificate" use=${e.usable_as_server} />
        <${Lt} title="As client certificate" use=${e.usable_as_client} />
      </ul>
      ${e.chain?.length>0&&r`<h3>Sent with it</h3>
        ${e.chain.map(s=>r`<details key=${s.sha256}><summary>${be(s)}</summary><${oe} certificate=${s} /></details>`)}`}
      ${!e.temporary&&r`<${ge} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${o} act=${i} />`}
    </section>
    <section class="card">
      <h2>${e.temporary?"Upload your own":"Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${ve} path="server-certificate" several label="Certificate and private key" done=${t}
        hint="One .pem file that holds both, with the chain if there is one; or mark the certificate's file and the key's file together." />
    </section>
  `}function Ut(){let e=U("server-certificate");return r`
    <${T} group="Security">Server Certificates<//>
    <${D} from=${e}>${t=>r`<${So} shown=${t} reload=${e.reload} />`}<//>
  `}var ne=(e,t)=>r`<a href=${"#/"+e}>${t}</a>`,Co=({status:e})=>r`
  ${!e.only_accept_trusted&&r`<${S} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${ne("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.only_accept_trusted&&e.list==="custom"&&e.trusted_count===0&&r`<${S} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${ne("security/trusted","Security > Trusted Certificates")}.</p>
  <//>`}
  ${e.page_certificate_temporary&&r`<${S} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${ne("security/server","Security > Server Certificates")}.</p>
  <//>`}
`,To=({status:e})=>r`
  <${Co} status=${e} />
  <section class="card">
    <h2>Phone</h2>
    <${F} rows=${[["Version",d(e.version)],["MAC",r`<code>${d(e.mac)}</code>`],["Page",e.page_urls.map(t=>r`<div>${d(t)}</div>`)]]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${F} rows=${[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":r`<strong class="bad-text">off: anybody is accepted</strong>`],["CA Certificates",ye[e.list]],["Uploaded",ne("security/trusted",V(e.trusted_count,"trusted certificate"))],["Common Name Validation",e.check_name?"on":r`<strong class="bad-text">off: names are not compared</strong>`]]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${F} rows=${[["Server certificate",e.page_certificate_temporary?"temporary, self-made":d(e.page_certificate.subject.text)],["Serial Number",r`<code>${K(e.page_certificate.serial_number)}</code>`],["Valid Until",C(e.page_certificate.not_after)+" ("+z(e.page_certificate.days_left)+")"],["SHA-256",r`<code>${d(e.page_certificate.sha256)}</code>`]]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${d(e.provisioning?.summary)||"This phone has not been provisioned yet."}</p>
    ${e.provisioning?.at&&r`<p class="quiet">${C(e.provisioning.at)}</p>`}
    <p>${ne("settings/provision","Settings > Auto Provision")}</p>
  </section>
`;function Dt(){let e=U("status");return r`
    <${T}>Status<//>
    <${D} from=${e}>${t=>r`<${To} status=${t} />`}<//>
  `}var No={default:"0",custom:"1",all:"2"},Ao={custom:"those uploaded here, and no others",default:"the roots of the computer the phone runs on",all:"both"},It=({label:e,hint:t,on:o,change:n})=>r`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${o} onChange=${i=>n(i.target.checked)} />
    <span>${e}</span>
    <span class="hint">${t}</span>
  </label>
`;function Rt({trusted:e,reload:t}){let{only_accept_trusted:o,list:n,check_name:i}=e,[s,c]=b(e),[u,p]=P(),l=f=>c({...s,...f});N(()=>c(e),[o,n,i]);async function _(f){f.preventDefault();let a={"static.security.trust_certificates":s.only_accept_trusted?"1":"0","static.security.ca_cert":No[s.list],"static.security.cn_validation":s.check_name?"1":"0"};await p(()=>x("PUT","settings",{json:a}))&&t()}return r`
    <form class="card" onSubmit=${_}>
      <h2>Whom the phone connects to</h2>
      <${It} label="Only Accept Trusted Certificates" on=${s.only_accept_trusted}
        change=${f=>l({only_accept_trusted:f})}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(ye).map(([f,a])=>r`
            <label class="choice" key=${f}>
              <input type="radio" name="list" value=${f} checked=${s.list===f} onChange=${()=>l({list:f})} />
              <span>${a}</span><span class="hint">${Ao[f]}</span>
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
  `}var Po=({row:e})=>r`
  <details>
    <summary>Details</summary>
    <${F} rows=${[["Serial Number",r`<code>${K(e.serial)}</code>`],["SHA-256",r`<code>${d(e.sha256)}</code>`],["Valid Until",C(e.expires)],["Added",C(e.added)+", "+d(e.origin)]]} />
  </details>
`,Eo=({row:e,marked:t,mark:o})=>r`
  <tr role="row">
    <td role="cell" data-label="Index">${e.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${E} text=${e.issued_to} /></span><${Po} row=${e} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${E} text=${e.issued_by} /></span></td>
    <td role="cell" data-label="Expiration">
      <span class="value">${wt(e.expires)}</span>
      <span class=${"life"+(e.expired?" bad-text":"")}>${e.expired?"expired":z(e.days_left)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate "+e.index+", "+d(e.issued_to)}
        checked=${t} onChange=${n=>o(e.id,n.target.checked)} />
    </td>
  </tr>
`,Lo=["Index","Issued To","Issued By","Expiration","Delete"];function Uo({rows:e,reload:t}){let[o,n]=b([]),[i,s]=P(),c=(p,l)=>n(o.filter(_=>_!==p).concat(l?p:[]));async function u(){if(o.length===0)return A("Mark the certificates to delete first.","bad");await s(async()=>{for(let p of o)await x("DELETE","trusted/"+p);return{says:V(o.length,"certificate")+" deleted. New connections no longer trust "+(o.length===1?"it.":"them.")}}),n([]),t()}return e.length===0?r`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`:r`
    <table role="table" class="wide">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${Lo.map(p=>r`<th role="columnheader" scope="col">${p}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(p=>r`<${Eo} key=${p.id} row=${p} marked=${o.includes(p.id)} mark=${c} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${i} onClick=${u}>Delete Marked</button></p>
  `}var Do=({trusted:e,reload:t})=>r`
  ${!e.only_accept_trusted&&r`<${S} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Uo} rows=${e.certificates} reload=${t} />
    <${ve} path="trusted" label="Certificate file" done=${t}
      hint="A .pem, .cer, .crt or .der file; a file with several certificates adds them all." />
  </section>
  <${Rt} trusted=${e} reload=${t} />
`;function Ht(){let e=U("trusted");return r`
    <${T} group="Security">Trusted Certificates<//>
    <${D} from=${e}>${t=>r`<${Do} trusted=${t} reload=${e.reload} />`}<//>
  `}var se=[{path:"status",title:"Status",Page:Dt},{path:"security/trusted",group:"Security",title:"Trusted Certificates",Page:Ht},{path:"security/server",group:"Security",title:"Server Certificates",Page:Ut},{path:"settings/provision",group:"Settings",title:"Auto Provision",Page:Et},{path:"diagnostics/connections",group:"Diagnostics",title:"Connections",Page:Nt}];function Io(e){let t=e.replace(/^#\/?/,""),o=/^diagnostics\/connections\/(\d+)$/.exec(t);return o?{path:"diagnostics/connections",title:"Connection",Page:Tt,argument:o[1]}:se.find(n=>n.path===t)??se[0]}function Ft(){let[e,t]=b(location.hash);return N(()=>{let o=()=>t(location.hash);return addEventListener("hashchange",o),()=>removeEventListener("hashchange",o)},[]),Io(e)}var Ro=[...new Set(se.map(e=>e.group))],Ho=({group:e,at:t})=>r`
  ${e&&r`<p class="menu-group" id=${"menu-"+e}>${e}</p>`}
  <ul aria-labelledby=${e&&"menu-"+e}>
    ${se.filter(o=>o.group===e).map(o=>r`
        <li key=${o.path}>
          <a href=${"#/"+o.path} aria-current=${o.path===t?"page":void 0}>${o.title}</a>
        </li>
      `)}
  </ul>
`;function Mt({at:e}){let[t,o]=b(!1);return N(()=>{let n=()=>o(!1);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),r`
    <nav aria-label="Pages" class=${t?"open":""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(t)} onClick=${()=>o(!t)}>
        Menu
      </button>
      <div class="menu">${Ro.map(n=>r`<${Ho} key=${n} group=${n} at=${e} />`)}</div>
    </nav>
  `}var Ot=({words:e,close:t})=>r`
  <div class=${"words"+(e.text?" "+e.tone:"")}>
    <div role="status" aria-live="polite">${e.text.split(`
`).map(o=>o&&r`<p>${d(o)}</p>`)}</div>
    ${e.text&&r`<button type="button" class="plain" onClick=${t}>Close</button>`}
  </div>
`;function Fo(){let[e,t]=b("asking");return N(()=>{mt(()=>{te(""),t(o=>o==="in"?"ended":o)}),x("GET","session").then(o=>{te(o.csrf),t(o.logged_in?"in":"out")}).catch(o=>A(o.message,"bad"))},[]),[e,t]}function Mo(){let[e,t]=b({text:""});yt(t);let[o,n]=Fo(),i=Ft(),s=H(),c=H(location.hash),u=o==="in";N(()=>{document.title=(u?i.title:"Log In")+" – Sealtone",!(!u||c.current===location.hash)&&(c.current=location.hash,t({text:""}),s.current.querySelector("h1")?.focus({preventScroll:!0}),scrollTo(0,0))});function p(f){te(f),t({text:""}),n("in")}async function l(){try{await x("DELETE","session")}catch(f){if(f.status!==401)return A(f.message,"bad")}te(""),n("out"),A("You are logged out.")}function _(f){f.preventDefault(),s.current.querySelector("h1")?.focus()}return r`
    ${u&&r`<a class="skip" href="#main" onClick=${_}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${u&&r`<button type="button" class="plain" onClick=${l}>Log Out</button>`}
    </header>
    ${u&&r`<${Mt} at=${i.path} />`}
    <main ref=${s} class=${u?"":"alone"}>
      <${Ot} words=${e} close=${()=>t({text:""})} />
      ${u&&r`<${i.Page} key=${i.path+i.argument} argument=${i.argument} />`}
      ${(o==="out"||o==="ended")&&r`<${kt} ended=${o==="ended"} done=${p} />`}
    </main>
  `}et(r`<${Mo} />`,document.getElementById("page"));})();
