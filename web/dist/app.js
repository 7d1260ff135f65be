// Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).
var oe,m,Ne,kt,D,Ae,De,Fe,he,Y,q,Ee,$e,fe,me,Ct,te={},ne=[],xt=/acit|ex(?:s|g|n|p|$)|rph|grid|ows|mnc|ntw|ine[ch]|zoo|^ord|itera/i,re=Array.isArray;function U(e,t){for(var n in t)e[n]=t[n];return e}function ye(e){e&&e.parentNode&&e.parentNode.removeChild(e)}function ve(e,t,n){var s,r,o,i={};for(o in t)o=="key"?s=t[o]:o=="ref"?r=t[o]:i[o]=t[o];if(arguments.length>2&&(i.children=arguments.length>3?oe.call(arguments,2):n),typeof e=="function"&&e.defaultProps!=null)for(o in e.defaultProps)i[o]===void 0&&(i[o]=e.defaultProps[o]);return Z(e,i,s,r,null)}function Z(e,t,n,s,r){var o={type:e,props:t,key:n,ref:s,__k:null,__:null,__b:0,__e:null,__c:null,constructor:void 0,__v:r??++Ne,__i:-1,__u:0};return r==null&&m.vnode!=null&&m.vnode(o),o}function ie(e){return e.children}function ee(e,t){this.props=e,this.context=t}function H(e,t){if(t==null)return e.__?H(e.__,e.__i+1):null;for(var n;t<e.__k.length;t++)if((n=e.__k[t])!=null&&n.__e!=null)return n.__e;return typeof e.type=="function"?H(e):null}function St(e){if(e.__P&&e.__d){var t=e.__v,n=t.__e,s=[],r=[],o=U({},t);o.__v=t.__v+1,m.vnode&&m.vnode(o),ge(e.__P,o,t,e.__n,e.__P.namespaceURI,32&t.__u?[n]:null,s,n??H(t),!!(32&t.__u),r),o.__v=t.__v,o.__.__k[o.__i]=o,je(s,o,r),t.__e=t.__=null,o.__e!=n&&He(o)}}function He(e){if((e=e.__)!=null&&e.__c!=null)return e.__e=e.__c.base=null,e.__k.some(function(t){if(t!=null&&t.__e!=null)return e.__e=e.__c.base=t.__e}),He(e)}function Pe(e){(!e.__d&&(e.__d=!0)&&D.push(e)&&!se.__r++||Ae!=m.debounceRendering)&&((Ae=m.debounceRendering)||De)(se)}function se(){try{for(var e,t=1;D.length;)D.length>t&&D.sort(Fe),e=D.shift(),t=D.length,St(e)}finally{D.length=se.__r=0}}function Le(e,t,n,s,r,o,i,c,_,u,p){var h,a,d,$,C,y,g=s&&s.__k||ne,f=t.length;for(_=Tt(n,t,g,_,f),h=0;h<f;h++)(d=n.__k[h])!=null&&(a=d.__i!=-1&&g[d.__i]||te,d.__i=h,y=ge(e,d,a,r,o,i,c,_,u,p),$=d.__e,d.ref&&a.ref!=d.ref&&(a.ref&&be(a.ref,null,d),p.push(d.ref,d.__c||$,d)),C==null&&$!=null&&(C=$),4&d.__u?(_=We(d,_,e),a.__e&&(a.__e=null)):typeof d.type=="function"&&y!==void 0?_=y:$&&(_=$.nextSibling),d.__u&=-7);return n.__e=C,_}function Tt(e,t,n,s,r){var o,i,c,_,u,p=n.length,h=p,a=0;for(e.__k=new Array(r),o=0;o<r;o++)(i=t[o])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i=="string"||typeof i=="number"||typeof i=="bigint"||i.constructor==String?i=e.__k[o]=Z(null,i,null,null,null):re(i)?i=e.__k[o]=Z(ie,{children:i},null,null,null):i.constructor===void 0&&i.__b>0?i=e.__k[o]=Z(i.type,i.props,i.key,i.ref?i.ref:null,i.__v):e.__k[o]=i,_=o+a,i.__=e,i.__b=e.__b+1,c=null,(u=i.__i=At(i,n,_,h))!=-1&&(h--,(c=n[u])&&(c.__u|=2)),c==null||c.__v==null?(u==-1&&(r>p?a--:r<p&&a++),typeof i.type!="function"&&(i.__u|=4)):u!=_&&(u==_-1?a--:u==_+1?a++:(u>_?a--:a++,i.__u|=4))):e.__k[o]=null;if(h)for(o=0;o<p;o++)(c=n[o])!=null&&(2&c.__u)==0&&(c.__e==s&&(s=H(c)),Oe(c,c));return s}function We(e,t,n){var s,r;if(typeof e.type=="function"){for(s=e.__k,r=0;s&&r<s.length;r++)s[r]&&(s[r].__=e,t=We(s[r],t,n));return t}e.__e!=t&&(t&&e.type&&!t.parentNode&&(t=H(e)),t=n.insertBefore(e.__e,t||null));do t=t&&t.nextSibling;while(t!=null&&t.nodeType==8);return t}function At(e,t,n,s){var r,o,i,c=e.key,_=e.type,u=t[n],p=u!=null&&(2&u.__u)==0;if(u===null&&c==null||p&&c==u.key&&_==u.type)return n;if(s>(p?1:0)){for(r=n-1,o=n+1;r>=0||o<t.length;)if((u=t[i=r>=0?r--:o++])!=null&&(2&u.__u)==0&&c==u.key&&_==u.type)return i}return-1}function Ie(e,t,n){t[0]=="-"?e.setProperty(t,n??""):e[t]=n==null?"":typeof n!="number"||xt.test(t)?n:n+"px"}function Q(e,t,n,s,r){var o,i;e:if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof s=="string"&&(e.style.cssText=s=""),s)for(t in s)n&&t in n||Ie(e.style,t,"");if(n)for(t in n)s&&n[t]==s[t]||Ie(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")o=t!=(t=t.replace(Ee,"$1")),i=t.toLowerCase(),t=i in e||t=="onFocusOut"||t=="onFocusIn"?i.slice(2):t.slice(2),e.l||(e.l={}),e.l[t+o]=n,n?s?n[q]=s[q]:(n[q]=$e,e.addEventListener(t,o?me:fe,o)):e.removeEventListener(t,o?me:fe,o);else{if(r=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{e[t]=n??"";break e}catch{}typeof n=="function"||(n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n))}}function Ue(e){return function(t){if(this.l){var n=this.l[t.type+e];if(t[Y]==null)t[Y]=$e++;else if(t[Y]<n[q])return;return n(m.event?m.event(t):t)}}}function ge(e,t,n,s,r,o,i,c,_,u){var p,h,a,d,$,C,y,g,f,T,R,E,O,Te,X,de,A=t.type;if(t.constructor!==void 0)return null;128&n.__u&&(_=!!(32&n.__u),o=[c=t.__e=n.__e]),(p=m.__b)&&p(t);e:if(typeof A=="function"){h=i.length;try{if(f=t.props,T=A.prototype&&A.prototype.render,R=(p=A.contextType)&&s[p.__c],E=p?R?R.props.value:p.__:s,n.__c?g=(a=t.__c=n.__c).__=a.__E:(T?t.__c=a=new A(f,E):(t.__c=a=new ee(f,E),a.constructor=A,a.render=It),R&&R.sub(a),a.state||(a.state={}),a.__n=s,d=a.__d=!0,a.__h=[],a._sb=[]),T&&a.__s==null&&(a.__s=a.state),T&&A.getDerivedStateFromProps!=null&&(a.__s==a.state&&(a.__s=U({},a.__s)),U(a.__s,A.getDerivedStateFromProps(f,a.__s))),$=a.props,C=a.state,a.__v=t,d)T&&A.getDerivedStateFromProps==null&&a.componentWillMount!=null&&a.componentWillMount(),T&&a.componentDidMount!=null&&a.__h.push(a.componentDidMount);else{if(T&&A.getDerivedStateFromProps==null&&f!==$&&a.componentWillReceiveProps!=null&&a.componentWillReceiveProps(f,E),t.__v==n.__v||!a.__e&&a.shouldComponentUpdate!=null&&a.shouldComponentUpdate(f,a.__s,E)===!1){t.__v!=n.__v&&(a.props=f,a.state=a.__s,a.__d=!1),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(L){L&&(L.__=t)}),ne.push.apply(a.__h,a._sb),a._sb=[],a.__h.length&&i.push(a),c=H(n);break e}a.componentWillUpdate!=null&&a.componentWillUpdate(f,a.__s,E),T&&a.componentDidUpdate!=null&&a.__h.push(function(){a.componentDidUpdate($,C,y)})}if(a.context=E,a.props=f,a.__P=e,a.__e=!1,O=m.__r,Te=0,T)a.state=a.__s,a.__d=!1,O&&O(t),p=a.render(a.props,a.state,a.context),ne.push.apply(a.__h,a._sb),a._sb=[];else do a.__d=!1,O&&O(t),p=a.render(a.props,a.state,a.context),a.state=a.__s;while(a.__d&&++Te<25);a.state=a.__s,a.getChildContext!=null&&(s=U(U({},s),a.getChildContext())),T&&!d&&a.getSnapshotBeforeUpdate!=null&&(y=a.getSnapshotBeforeUpdate($,C)),X=p!=null&&p.type===ie&&p.key==null?Re(p.props.children):p,c=Le(e,re(X)?X:[X],t,n,s,r,o,i,c,_,u),a.base=t.__e,t.__u&=-161,a.__h.length&&i.push(a),g&&(a.__E=a.__=null)}catch(L){if(i.length=h,t.__v=null,_||o!=null){if(L.then){for(t.__u|=_?160:128;c&&c.nodeType==8&&c.nextSibling;)c=c.nextSibling;o!=null&&(o[o.indexOf(c)]=null),t.__e=c}else if(o!=null)for(de=o.length;de--;)ye(o[de])}else t.__e=n.__e;t.__k==null&&(t.__k=n.__k||[]),L.then||Me(t),m.__e(L,t,n)}}else o==null&&t.__v==n.__v?(t.__k=n.__k,t.__e=n.__e):c=t.__e=Pt(n.__e,t,n,s,r,o,i,_,u);return(p=m.diffed)&&p(t),128&t.__u?void 0:c}function Me(e){e&&(e.__c&&(e.__c.__e=!0),e.__k&&e.__k.some(Me))}function je(e,t,n){for(var s=0;s<n.length;s++)be(n[s],n[++s],n[++s]);m.__c&&m.__c(t,e),e.some(function(r){try{e=r.__h,r.__h=[],e.some(function(o){o.call(r)})}catch(o){m.__e(o,r.__v)}})}function Re(e){return typeof e!="object"||e==null||e.__b>0?e:re(e)?e.map(Re):e.constructor!==void 0?null:U({},e)}function Pt(e,t,n,s,r,o,i,c,_){var u,p,h,a,d,$,C,y=n.props||te,g=t.props,f=t.type;if(f=="svg"?r="http://www.w3.org/2000/svg":f=="math"?r="http://www.w3.org/1998/Math/MathML":r||(r="http://www.w3.org/1999/xhtml"),o!=null){for(u=0;u<o.length;u++)if((d=o[u])&&"setAttribute"in d==!!f&&(f?d.localName==f:d.nodeType==3)){e=d,o[u]=null;break}}if(e==null){if(f==null)return document.createTextNode(g);e=document.createElementNS(r,f,g.is&&g),c&&(m.__m&&m.__m(t,o),c=!1),o=null}if(f==null)y===g||c&&e.data==g||(e.data=g);else{if(o=f=="textarea"&&g.defaultValue!=null?null:o&&oe.call(e.childNodes),!c&&o!=null)for(y={},u=0;u<e.attributes.length;u++)y[(d=e.attributes[u]).name]=d.value;for(u in y)d=y[u],u=="dangerouslySetInnerHTML"?h=d:u=="children"||u in g||u=="value"&&"defaultValue"in g||u=="checked"&&"defaultChecked"in g||Q(e,u,null,d,r);for(u in g)d=g[u],u=="children"?a=d:u=="dangerouslySetInnerHTML"?p=d:u=="value"?$=d:u=="checked"?C=d:c&&typeof d!="function"||y[u]===d||Q(e,u,d,y[u],r);if(p)c||h&&(p.__html==h.__html||p.__html==e.innerHTML)||(e.innerHTML=p.__html),t.__k=[];else if(h&&(e.innerHTML=""),Le(t.type=="template"?e.content:e,re(a)?a:[a],t,n,s,f=="foreignObject"?"http://www.w3.org/1999/xhtml":r,o,i,o?o[0]:n.__k&&H(n,0),c,_),o!=null)for(u=o.length;u--;)ye(o[u]);c&&f!="textarea"||(u="value",f=="progress"&&$==null?e.removeAttribute("value"):$!=null&&($!==e[u]||f=="progress"&&!$||f=="option"&&$!=y[u])&&Q(e,u,$,y[u],r),u="checked",C!=null&&C!=e[u]&&Q(e,u,C,y[u],r))}return e}function be(e,t,n){try{if(typeof e=="function"){var s=typeof e.__u=="function";s&&e.__u(),s&&t==null||(e.__u=e(t))}else e.current=t}catch(r){m.__e(r,n)}}function Oe(e,t,n){var s,r;if(m.unmount&&m.unmount(e),(s=e.ref)&&(s.current&&s.current!=e.__e||be(s,null,t)),(s=e.__c)!=null){if(s.componentWillUnmount)try{s.componentWillUnmount()}catch(o){m.__e(o,t)}s.base=s.__P=s.__n=null}if(s=e.__k)for(r=0;r<s.length;r++)s[r]&&Oe(s[r],t,n||typeof e.type!="function");n||ye(e.__e),e.__c=e.__=e.__e=void 0}function It(e,t,n){return this.constructor(e,n)}function qe(e,t,n){var s,r,o,i;t==document&&(t=document.documentElement),m.__&&m.__(e,t),r=(s=typeof n=="function")?null:n&&n.__k||t.__k,o=[],i=[],ge(t,e=(!s&&n||t).__k=ve(ie,null,[e]),r||te,te,t.namespaceURI,!s&&n?[n]:r?null:t.firstChild?oe.call(t.childNodes):null,o,!s&&n?n:r?r.__e:t.firstChild,s,i),je(o,e,i),e.props.children=null}oe=ne.slice,m={__e:function(e,t,n,s){for(var r,o,i;t=t.__;)if((r=t.__c)&&!r.__)try{if((o=r.constructor)&&o.getDerivedStateFromError!=null&&(r.setState(o.getDerivedStateFromError(e)),i=r.__d),r.componentDidCatch!=null&&(r.componentDidCatch(e,s||{}),i=r.__d),i)return r.__E=r}catch(c){e=c}throw e}},Ne=0,kt=function(e){return e!=null&&e.constructor===void 0},ee.prototype.setState=function(e,t){var n;n=this.__s!=null&&this.__s!=this.state?this.__s:this.__s=U({},this.state),typeof e=="function"&&(e=e(U({},n),this.props)),e&&U(n,e),e!=null&&this.__v&&(t&&this._sb.push(t),Pe(this))},ee.prototype.forceUpdate=function(e){this.__v&&(this.__e=!0,e&&this.__h.push(e),Pe(this))},ee.prototype.render=ie,D=[],De=typeof Promise=="function"?Promise.prototype.then.bind(Promise.resolve()):setTimeout,Fe=function(e,t){return e.__v.__b-t.__v.__b},se.__r=0,he=Math.random().toString(8),Y="__d"+he,q="__a"+he,Ee=/(PointerCapture)$|Capture$/i,$e=0,fe=Ue(!1),me=Ue(!0),Ct=0;var V,b,we,Ve,B=0,Ye=[],w=m,Be=w.__b,ze=w.__r,Ge=w.diffed,Je=w.__c,Ke=w.unmount,Xe=w.__;function Ce(e,t){w.__h&&w.__h(b,e,B||t),B=0;var n=b.__H||(b.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function v(e){return B=1,Ut(nt,e)}function Ut(e,t,n){var s=Ce(V++,2);if(s.t=e,!s.__c&&(s.__=[n?n(t):nt(void 0,t),function(c){var _=s.__N?s.__N[0]:s.__[0],u=s.t(_,c);_!==u&&(s.__N=[u,s.__[1]],s.__c.setState({}))}],s.__c=b,!b.__f)){var r=function(c,_,u){if(!s.__c.__H)return!0;var p=!1,h=s.__c.props!==c;if(s.__c.__H.__.some(function(d){if(d.__N){p=!0;var $=d.__[0];d.__=d.__N,d.__N=void 0,$!==d.__[0]&&(h=!0)}}),o){var a=o.call(this,c,_,u);return p?a||h:a}return!p||h};b.__f=!0;var o=b.shouldComponentUpdate,i=b.componentWillUpdate;b.componentWillUpdate=function(c,_,u){if(this.__e){var p=o;o=void 0,r(c,_,u),o=p}i&&i.call(this,c,_,u)},b.shouldComponentUpdate=r}return s.__N||s.__}function k(e,t){var n=Ce(V++,3);!w.__s&&tt(n.__H,t)&&(n.__=e,n.u=t,b.__H.__h.push(n))}function z(e){return B=5,Ze(function(){return{current:e}},[])}function Ze(e,t){var n=Ce(V++,7);return tt(n.__H,t)&&(n.__=e(),n.__H=t,n.__h=e),n.__}function et(e,t){return B=8,Ze(function(){return e},t)}function Nt(){for(var e;e=Ye.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(ae),t.__h.some(ke),t.__h=[]}catch(n){t.__h=[],w.__e(n,e.__v)}}}w.__b=function(e){b=null,Be&&Be(e)},w.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),Xe&&Xe(e,t)},w.__r=function(e){ze&&ze(e),V=0;var t=(b=e.__c).__H;t&&(we===b?(t.__h=[],b.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})):(t.__h.some(ae),t.__h.some(ke),t.__h=[],V=0)),we=b},w.diffed=function(e){Ge&&Ge(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&(Ye.push(t)!==1&&Ve===w.requestAnimationFrame||((Ve=w.requestAnimationFrame)||Dt)(Nt)),t.__H.__.some(function(n){n.u&&(n.__H=n.u,n.u=void 0)})),we=b=null},w.__c=function(e,t){t.some(function(n){try{n.__h.some(ae),n.__h=n.__h.filter(function(s){return!s.__||ke(s)})}catch(s){t.some(function(r){r.__h&&(r.__h=[])}),t=[],w.__e(s,n.__v)}}),Je&&Je(e,t)},w.unmount=function(e){Ke&&Ke(e);var t,n=e.__c;n&&n.__H&&(n.__H.__.some(function(s){try{ae(s)}catch(r){t=r}}),n.__H=void 0,t&&w.__e(t,n.__v))};var Qe=typeof requestAnimationFrame=="function";function Dt(e){var t,n=function(){clearTimeout(s),Qe&&cancelAnimationFrame(t),setTimeout(e)},s=setTimeout(n,35);Qe&&(t=requestAnimationFrame(n))}function ae(e){var t=b,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),b=t}function ke(e){var t=b;e.__c=e.__(),b=t}function tt(e,t){return!e||e.length!==t.length||t.some(function(n,s){return n!==e[s]})}function nt(e,t){return typeof t=="function"?t(e):t}var W="",st=()=>{},ce=class extends Error{constructor(t,n,s){super(s),this.status=t,this.code=n}};function ot(e){st=e}var Ft=()=>new ce(0,"unreachable","The phone did not answer. Is it still running? Reload the page to find out.");async function M(e,t,n,s={}){let r={method:e,headers:{...s},credentials:"same-origin",cache:"no-store"};W&&e!=="GET"&&(r.headers["X-CSRF-Token"]=W),n!==void 0&&(r.body=n);let o,i;try{o=await fetch(t,r),i=await o.json()}catch{throw Ft()}if(o.ok)return i;throw o.status===401&&t!=="/api/session"&&(W="",st(i.says)),new ce(o.status,i.code,i.says)}var rt={"Content-Type":"application/json"},G=e=>M("GET",e),le=(e,t)=>M("PUT",e,JSON.stringify(t),rt),J=e=>M("DELETE",e),it=e=>M("POST",e),ue=(e,t)=>M("POST",e,t,{"Content-Type":"application/octet-stream","X-File-Name":encodeURIComponent(t.name)});async function at(){let e=await G("/api/session");return W=e.csrf??"",e.logged_in}async function ct(e,t){W=(await M("POST","/api/session",JSON.stringify(t?{password:e,new_password:t}:{password:e}),rt)).csrf}async function lt(){await J("/api/session"),W=""}var _t=function(e,t,n,s){var r;t[0]=0;for(var o=1;o<t.length;o++){var i=t[o++],c=t[o]?(t[0]|=i?1:2,n[t[o++]]):t[++o];i===3?s[0]=c:i===4?s[1]=Object.assign(s[1]||{},c):i===5?(s[1]=s[1]||{})[t[++o]]=c:i===6?s[1][t[++o]]+=c+"":i?(r=e.apply(c,_t(e,c,n,["",null])),s.push(r),c[0]?t[0]|=2:(t[o-2]=0,t[o]=r)):s.push(c)}return s},ut=new Map;function pt(e){var t=ut.get(this);return t||(t=new Map,ut.set(this,t)),(t=_t(this,t.get(e)||(t.set(e,t=(function(n){for(var s,r,o=1,i="",c="",_=[0],u=function(a){o===1&&(a||(i=i.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?_.push(0,a,i):o===3&&(a||i)?(_.push(3,a,i),o=2):o===2&&i==="..."&&a?_.push(4,a,0):o===2&&i&&!a?_.push(5,0,!0,i):o>=5&&((i||!a&&o===5)&&(_.push(o,0,i,r),o=6),a&&(_.push(o,a,0,r),o=6)),i=""},p=0;p<n.length;p++){p&&(o===1&&u(),u(p));for(var h=0;h<n[p].length;h++)s=n[p][h],o===1?s==="<"?(u(),_=[_],o=3):i+=s:o===4?i==="--"&&s===">"?(o=1,i=""):i=s+i[0]:c?s===c?c="":i+=s:s==='"'||s==="'"?c=s:s===">"?(u(),o=1):o&&(s==="="?(o=5,r=i,i=""):s==="/"&&(o<5||n[p][h+1]===">")?(u(),o===3&&(_=_[0]),o=_,(_=_[0]).push(2,0,o),o=0):s===" "||s==="	"||s===`
`||s==="\r"?(u(),o=2):i+=s),o===3&&i==="!--"&&(o=4,_=_[0])}return u(),_})(e)),t),arguments,[])).length>1?t:t[0]}var l=pt.bind(ve);function N({notice:e}){if(!e)return null;let t=e instanceof Error,n=t?e.message:e.says;return l`<div class=${t?"notice refused":"notice done"} role=${t?"alert":"status"}>
    <p>${n}</p>
    ${(e.remarks??[]).map(s=>l`<p>${s}</p>`)}
  </div>`}function P(e){let[t,n]=v({}),s=z(0),r=et(async()=>{let o=++s.current,i;try{i={answer:await G(e)}}catch(c){i={refused:c}}o===s.current&&n(i)},[e]);return k(()=>(r(),()=>++s.current),[r]),{...t,reload:r}}function F(){let[e,t]=v(null),[n,s]=v(!1);return{notice:e,busy:n,change:async o=>{s(!0),t(null);try{let i=await o();return t(i?.says?i:null),i}catch(i){t(i);return}finally{s(!1)}}}}function S({title:e,state:t,children:n}){return k(()=>{document.title=`${e} – Sealtone`},[e]),l`<main id="main" tabindex="-1">
    <h1>${e}</h1>
    ${t?.refused&&l`<${N} notice=${t.refused} />`}
    ${t&&!t.answer&&!t.refused?l`<p class="quiet" role="status">Asking the phone …</p>`:n}
  </main>`}function I({rows:e}){return l`<dl class="facts">
    ${e.filter(([,t])=>t!=null&&t!=="").map(([t,n])=>l`<div>
          <dt>${t}</dt>
          <dd>${n}</dd>
        </div>`)}
  </dl>`}function _e({label:e,button:t,accept:n,busy:s,onFile:r}){let o=z(null),[i,c]=v(null);return l`<form class="upload" onSubmit=${async u=>{u.preventDefault(),i&&(await r(i),o.current.value="",c(null))}}>
    <label>
      <span>${e}</span>
      <input
        type="file"
        name="file"
        ref=${o}
        accept=${n}
        required
        onChange=${u=>c(u.currentTarget.files[0]??null)} />
    </label>
    <button type="submit" disabled=${s||!i}>${t}</button>
  </form>`}var x=e=>e?e.replace("T"," ").replace("Z"," UTC"):"";function j(e,t){return t?"expired":e===1?"1 day left":`${e} days left`}var dt=10;function ht({says:e,onDone:t}){let[n,s]=v(!1),[r,o]=v(""),[i,c]=v(""),[_,u]=v(""),{notice:p,busy:h,change:a}=F(),d=z(null);k(()=>{document.title="Log in – Sealtone"},[]),k(()=>{n&&d.current?.focus()},[n]);let $=n&&_!==""&&i!==_,C=y=>{y.preventDefault(),!$&&a(async()=>{try{await ct(r,n?i:""),t();return}catch(g){if(g.code!=="choose-password")throw g;return s(!0),{says:g.message}}})};return l`<main class="log-in">
    <h1>Sealtone</h1>
    <p class="quiet">
      ${n?"Choose a password of your own; the one-time password ends with it.":"The phone printed a one-time password at its first start."}
    </p>
    ${e&&!p&&l`<p class="notice" role="status">${e}</p>`}
    <${N} notice=${p} />
    <form id="log-in" onSubmit=${C}>
      <input type="text" name="username" value="admin" autocomplete="username" class="hidden" tabindex="-1" aria-hidden="true" readonly />
      <label>
        <span>Password</span>
        <input
          type="password"
          name="password"
          value=${r}
          autocomplete="current-password"
          required
          autofocus
          onInput=${y=>o(y.currentTarget.value)} />
      </label>
      ${n&&l`<label>
          <span>New password, at least ${dt} characters</span>
          <input
            type="password"
            name="new_password"
            ref=${d}
            value=${i}
            minlength=${dt}
            autocomplete="new-password"
            required
            onInput=${y=>c(y.currentTarget.value)} />
        </label>
        <label>
          <span>The new password again</span>
          <input
            type="password"
            name="new_password_again"
            value=${_}
            autocomplete="new-password"
            required
            onInput=${y=>u(y.currentTarget.value)} />
        </label>
        ${$&&l`<p class="hint" role="alert">The two new passwords are not the same.</p>`}`}
      <button type="submit" disabled=${h||$}>${n?"Set password and log in":"Log in"}</button>
    </form>
  </main>`}var K={url:"static.auto_provision.server.url",user:"static.auto_provision.server.username",password:"static.auto_provision.server.password"};async function Et(){let[e,t,n]=await Promise.all(Object.values(K).map(s=>G(`/api/settings/${encodeURIComponent(s)}`)));return{url:e.value,user:t.value,passwordSet:n.set}}function Ht({settings:e,busy:t,onConfirm:n}){let[s,r]=v(e.url),[o,i]=v(e.user),[c,_]=v("");return k(()=>{r(e.url),i(e.user),_("")},[e]),l`<form id="where" onSubmit=${p=>{p.preventDefault();let h={[K.url]:s||null,[K.user]:o||null};c&&(h[K.password]=c),n(h)}} autocomplete="off">
    <label>
      <span>Server URL</span>
      <input type="text" name="url" autocomplete="off" inputmode="url" placeholder="https://prov.example.com/phones/" value=${s} onInput=${p=>r(p.currentTarget.value)} />
    </label>
    <label>
      <span>User Name</span>
      <input type="text" name="user" autocomplete="off" value=${o} onInput=${p=>i(p.currentTarget.value)} />
    </label>
    <label>
      <span>Password: <em id="password-state">${e.passwordSet?"set":"not set"}</em></span>
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        value=${c}
        aria-describedby="password-hint"
        onInput=${p=>_(p.currentTarget.value)} />
    </label>
    <p class="hint" id="password-hint">It is never shown. Left empty, it stays as it is.</p>
    <div class="buttons">
      <button type="submit" disabled=${t}>Confirm</button>
      ${e.passwordSet&&l`<button type="button" class="plain" disabled=${t} onClick=${()=>n({[K.password]:null})}>
        Delete the password
      </button>`}
    </div>
  </form>`}function ft({title:e,lines:t}){return t?.length?l`<h4>${e}</h4>
    <ul>
      ${t.map(n=>l`<li>${n}</li>`)}
    </ul>`:null}function Lt({file:e}){return l`<li>
    <h3><code>${e.url}</code> <span class="tag">${e.outcome}</span></h3>
    <p>${e.says}</p>
    <${ft} title="Mistakes" lines=${e.mistakes} />
    <${ft} title="Remarks" lines=${e.remarks} />
    ${e.unknown_keys>0&&l`<p class="quiet">
      ${e.unknown_keys===1?"1 key that Sealtone does not know was passed over.":`${e.unknown_keys} keys that Sealtone does not know were passed over.`}
    </p>`}
  </li>`}function Wt({report:e}){return l`<section aria-labelledby="report" id="provision-report" data-applied=${e.applied?"yes":"no"}>
    <h2 id="report">Report</h2>
    <p class=${e.applied?"notice done":"notice refused"} role="status">${e.summary}</p>
    ${(e.warnings??[]).map(t=>l`<p class="notice warning">${t}</p>`)}
    <ul class="plain-list">
      ${(e.files??[]).map(t=>l`<${Lt} file=${t} />`)}
    </ul>
    <p><a href="#/diagnostics/connections">The connections of this run, and why each was trusted or not</a></p>
  </section>`}function mt(){let[e,t]=v({}),[n,s]=v(null),{notice:r,busy:o,change:i}=F(),c=()=>Et().then(p=>t({answer:p}),p=>t({refused:p}));k(()=>{c()},[]);let _=p=>i(()=>le("/api/settings",p)).then(c),u=()=>i(async()=>{s(null),s(await it("/api/provision"))}).then(c);return l`<${S} title="Auto Provision" state=${e}>
    <${N} notice=${r} />
    ${e.answer&&l`<section aria-labelledby="where-title">
        <h2 id="where-title">Where the configuration comes from</h2>
        <${Ht} settings=${e.answer} busy=${o} onConfirm=${_} />
      </section>
      <section aria-labelledby="now">
        <h2 id="now">Fetch it now</h2>
        <p class="hint">All of it is applied, or nothing.</p>
        <button type="button" id="provision-now" disabled=${o} onClick=${u}>
          ${o?"Under way …":"Autoprovision Now"}
        </button>
      </section>
      ${n&&l`<${Wt} report=${n} />`}`}
  <//>`}function pe({certificate:e}){let t=(e.names??[]).map(s=>s.value).join(", "),n=[...e.key_usage??[],...e.extended_key_usage??[]].join(", ");return l`<${I}
      rows=${[["Issued To",e.subject.text],["Issued By",e.issuer.text+(e.self_signed?" (signed by itself)":"")],["Serial Number",l`<code>${e.serial_number}</code>`],["Valid From",x(e.not_before)],["Valid Until",`${x(e.not_after)} (${j(e.days_left,e.days_left<0)})`],["Names",t||"none"],["Public Key",e.public_key.description],["Signature",e.signature_algorithm],["Usages",n||"any"],["CA",e.ca?"yes":"no"],["SHA-256",l`<code class="fingerprint">${e.sha256}</code>`]]} />
    <details>
      <summary>The public key itself</summary>
      <pre>${e.public_key.pem}</pre>
    </details>`}var Mt=e=>`${(e/1e3).toFixed(1)} ms`;function jt({step:e}){let t=["step",e.from==="client"?"right":"left"];e.encrypted&&t.push("encrypted"),e.failing&&t.push("failing");let n=e.from==="client"?"from client to server":"from server to client";return l`<li class=${t.join(" ")}>
    <span class="number">${e.number}</span>
    <span class="message">
      <span class="name">${e.failing?l`<span aria-hidden="true">✗ </span>`:null}${e.name}</span>
      <span class="arrow" role="img" aria-label=${n}></span>
    </span>
    <span class="note">
      ${e.failing?l`<strong>It ended here. </strong>`:null}${e.note}
      <span class="quiet">${e.note?" · ":""}${Mt(e.at_us)}${e.size?`, ${e.size} octets`:""}</span>
    </span>
  </li>`}function $t({ladder:e,role:t}){let n=o=>t===o?" (this phone)":"",s=[];e.steps.forEach((o,i)=>{i===e.encrypted_from&&s.push(l`<li class="from-here" id="encrypted-from">From here on the connection is encrypted</li>`),s.push(l`<${jt} step=${o} />`)});let r=e.forward_secret?"forward secret: who gets the server's key later cannot read it":"not forward secret: who gets the server's key later can read it";return l`<${I}
      rows=${[["Version",e.version],["Cipher suite",e.cipher_suite],["Key exchange",e.key_exchange&&`${e.key_exchange}; ${r}`],["Result",e.result]]} />
    ${s.length>0&&l`<div class="ladder">
      <div class="ends" aria-hidden="true">
        <span><span>client${n("client")}</span><span>server${n("server")}</span></span>
      </div>
      <ol id="ladder">
        ${s}
      </ol>
    </div>`}`}var Rt={trusted:["good","trusted"],untrusted:["bad","refused"],"accepted-untrusted":["soon","accepted, not trusted"],"not-established":["soon","not established"]};function xe({decision:e,role:t}){if(t==="server"&&e==="not-established")return l`<span class="tag">page</span>`;let[n,s]=Rt[e]??["",e];return l`<span class=${`tag ${n}`}>${s}</span>`}function yt(){let e=P("/api/connections"),t=e.answer?.connections??[];return l`<${S} title="Connections" state=${e}>
    <p class="hint">The last connection to each server, for each service. A row opens what was said, step by step.</p>
    <p><button type="button" class="plain" onClick=${e.reload}>Look again</button></p>
    ${t.length===0?l`<p>The phone has made no connection yet.</p>`:l`<div class="scroll">
          <table id="connections" class="cards">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Service</th>
                <th scope="col">With</th>
                <th scope="col">Verdict</th>
                <th scope="col">What happened</th>
              </tr>
            </thead>
            <tbody>
              ${t.map(n=>l`<tr key=${n.id} data-id=${n.id} data-decision=${n.decision}>
                  <td data-title="When" class="nowrap">${x(n.at)}</td>
                  <td data-title="Service" class="nowrap">${n.service}</td>
                  <td data-title="With"><a href=${`#/diagnostics/connections/${n.id}`}>${n.server}</a></td>
                  <td data-title="Verdict"><${xe} decision=${n.decision} role=${n.role} /></td>
                  <td data-title="What happened">${n.headline}</td>
                </tr>`)}
            </tbody>
          </table>
        </div>`}
  <//>`}function Ot({fix:e}){return!e||!e.say&&!e.desk_phones?.length?null:l`<div class="fix">
    <h4>Next step</h4>
    <p>${e.say}</p>
    ${e.file&&l`<p>File: <code>${e.file}</code></p>`}
    ${e.sha256&&l`<p>SHA-256: <code class="fingerprint">${e.sha256}</code></p>`}
    ${e.desk_phones?.length>0&&l`<h4>On desk phones, in the common configuration file</h4>
      <pre>${e.desk_phones.join(`
`)}</pre>`}
  </div>`}function qt({finding:e,headline:t}){return l`<li data-code=${e.code}>
    ${e.says!==t&&l`<p><strong>${e.says}</strong></p>`}
    <${Ot} fix=${e.fix} />
    <details>
      <summary>Details</summary>
      <p><code>${e.code}</code>${e.details?l`: ${e.details}`:null}</p>
    </details>
  </li>`}function Vt({certificates:e}){return e?.length?l`<section aria-labelledby="certificates">
    <h2 id="certificates">Certificates</h2>
    ${e.map(t=>l`<details class="certificate">
        <summary>${t.subject.common_name||t.subject.text}</summary>
        <${pe} certificate=${t} />
      </details>`)}
  </section>`:null}function vt({id:e}){let t=P(`/api/connections/${e}`),n=t.answer,s=n?.verdict.findings??[];return l`<${S} title="Connection" state=${t}>
    <p><a href="#/diagnostics/connections">All connections</a></p>
    ${n&&l`<section aria-labelledby="verdict" id="verdict-section">
        <h2 id="verdict">Verdict</h2>
        <p class="headline"><${xe} decision=${n.decision} role=${n.role} /> ${n.headline}</p>
        <${I}
          rows=${[["With",n.server],["Service",n.service],["The phone was",n.role==="server"?"the server":"the client"],["When",x(n.at)]]} />
        ${s.length>0&&l`<h3>What was found</h3>
          <ol class="findings">
            ${s.map(r=>l`<${qt} finding=${r} headline=${n.headline} />`)}
          </ol>`}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">Step by step</h2>
        <${$t} ladder=${n.handshake} role=${n.role} />
      </section>
      <${Vt} certificates=${n.certificates} />`}
  <//>`}function gt({id:e,title:t,use:n}){return l`<div class="use" id=${e} data-usable=${n.usable?"yes":"no"}>
    <h3><span class=${n.usable?"mark good":"mark bad"} aria-hidden="true">${n.usable?"✓":"✗"}</span> ${t}</h3>
    <p>${n.says}</p>
  </div>`}function bt(){let e=P("/api/server-certificate"),{notice:t,busy:n,change:s}=F(),r=e.answer,o=i=>s(i).then(e.reload);return l`<${S} title="Server Certificates" state=${e}>
    <${N} notice=${t} />
    ${r&&l`<section aria-labelledby="now">
        <h2 id="now">Shown now</h2>
        ${r.temporary?l`<p id="temporary" class="notice">
              No certificate was uploaded. The phone shows a temporary one that it made itself, so that this page can be
              reached; compare its SHA-256 with the one that the phone printed at its start.
            </p>`:l`<p class="quiet">Uploaded ${x(r.added)}</p>`}
        <div id="server-certificate"><${pe} certificate=${r.certificate} /></div>
        ${r.chain.length>0&&l`<h3>Sent along</h3>
          <ul>
            ${r.chain.map(i=>l`<li>${i.subject.text}</li>`)}
          </ul>`}
      </section>
      <section aria-labelledby="uses">
        <h2 id="uses">What it is good for</h2>
        <${gt} id="as-server" title="As server: to browsers that open this page" use=${r.usable_as_server} />
        <${gt} id="as-client" title="As client: to servers that ask the phone for a certificate" use=${r.usable_as_client} />
      </section>
      <section aria-labelledby="upload">
        <h2 id="upload">Upload</h2>
        <p class="hint">
          One file with the certificate and its private key. It is checked before it takes the place of the one before.
        </p>
        <${_e}
          label="Server certificate (.pem with its private key; at most 5 MB)"
          button="Upload"
          accept=".pem,.cer,.crt,.key"
          busy=${n}
          onFile=${i=>o(()=>ue("/api/server-certificate",i))} />
      </section>
      ${!r.temporary&&l`<section aria-labelledby="back">
        <h2 id="back">Delete</h2>
        <p class="hint">The certificate and its key are deleted, and the phone shows its temporary one again.</p>
        <button
          type="button"
          class="danger"
          id="delete-server-certificate"
          disabled=${n}
          onClick=${()=>o(()=>J("/api/server-certificate"))}>
          Delete this certificate
        </button>
      </section>`}`}
  <//>`}var Bt={custom:"the uploaded certificates",default:"this computer's roots",all:"the uploaded certificates and this computer's roots"};function zt({trusted:e}){let t=e.uploaded,n=[["Only Accept Trusted Certificates",e.only_accept_trusted?"on":"off"],["Servers are judged by",Bt[e.list]],["Uploaded",t===1?"1 certificate":`${t} certificates`],["Common Name Validation",e.check_name?"on":"off"]];return l`<section aria-labelledby="trust">
    <h2 id="trust">Trust</h2>
    ${!e.only_accept_trusted&&l`<p class="notice warning">
      The phone connects to every server, trusted or not, and sends its password there. Switch it on under
      ${" "}<a href="#/security/trusted">Security > Trusted Certificates</a>.
    </p>`}
    <${I} rows=${n} />
  </section>`}function Se(){let e=P("/api/status"),t=e.answer;return l`<${S} title="Status" state=${e}>
    ${t&&l`<section aria-labelledby="phone">
        <h2 id="phone">Phone</h2>
        <${I}
          rows=${[["Sealtone",t.version],["MAC address",l`<code>${t.mac}</code>`],["This page",t.page_urls.join(", ")],["Time on the phone",x(t.now)]]} />
      </section>
      <section aria-labelledby="shown">
        <h2 id="shown">Certificate of this page</h2>
        ${t.page_certificate_temporary&&l`<p class="notice">
          This is a temporary certificate that the phone made itself, so the browser warns. Compare its SHA-256 with the
          one that the phone printed at its start, then upload a certificate of your own under${" "}
          <a href="#/security/server">Security > Server Certificates</a>.
        </p>`}
        <${I}
          rows=${[["Issued To",t.page_certificate.subject.text],["Issued By",t.page_certificate.issuer.text],["Valid Until",`${x(t.page_certificate.not_after)} (${j(t.page_certificate.days_left,t.page_certificate.days_left<0)})`],["SHA-256",l`<code class="fingerprint">${t.page_certificate.sha256}</code>`]]} />
      </section>
      <${zt} trusted=${t.trusted} />
      <section aria-labelledby="provisioning">
        <h2 id="provisioning">Auto Provision</h2>
        ${t.provisioning?l`<p>${t.provisioning.summary}</p>
              <p class="quiet">${x(t.provisioning.at)}</p>`:l`<p>
              The phone has not provisioned itself yet. Its address is set under${" "}
              <a href="#/settings/provision">Settings > Auto Provision</a>.
            </p>`}
      </section>`}
  <//>`}var Gt={default:"0",custom:"1",all:"2"};function Jt({trusted:e,busy:t,onConfirm:n}){let[s,r]=v(e.only_accept_trusted),[o,i]=v(e.list),[c,_]=v(e.check_name);return k(()=>{r(e.only_accept_trusted),i(e.list),_(e.check_name)},[e]),l`<form id="switches" onSubmit=${p=>{p.preventDefault(),n({"static.security.trust_certificates":s?"1":"0","static.security.ca_cert":Gt[o],"static.security.cn_validation":c?"1":"0"})}}>
    <label class="check">
      <input type="checkbox" name="only_accept_trusted" checked=${s} onChange=${p=>r(p.currentTarget.checked)} />
      <span>Only Accept Trusted Certificates</span>
    </label>
    ${!s&&l`<p class="notice warning">Switched off, the phone connects to every server, trusted or not, and sends its password there.</p>`}
    <label>
      <span>CA Certificates</span>
      <select name="list" value=${o} onChange=${p=>i(p.currentTarget.value)}>
        <option value="custom">Custom: the uploaded certificates</option>
        <option value="default">Default: this computer's roots</option>
        <option value="all">All: both</option>
      </select>
    </label>
    <label class="check">
      <input type="checkbox" name="check_name" checked=${c} onChange=${p=>_(p.currentTarget.checked)} />
      <span>Common Name Validation</span>
    </label>
    <p class="hint">Validation compares the name in the address with the names in the server's certificate.</p>
    ${e.overrides?.length>0&&l`<p class="notice warning">For provisioning, other settings stand before these: ${e.overrides.join(", ")}.</p>`}
    <button type="submit" disabled=${t}>Confirm</button>
  </form>`}var Kt=21;function Xt(e){return e.expired?"nowrap bad":e.days_left<Kt?"nowrap soon":"nowrap"}function Qt({certificates:e,busy:t,onDelete:n}){let[s,r]=v(new Set);k(()=>r(new Set),[e]);let o=c=>{let _=new Set(s);_.delete(c)||_.add(c),r(_)};return l`<form id="trusted-list" onSubmit=${c=>{c.preventDefault(),n([...s])}}>
    <div class="scroll">
      <table id="trusted" class="cards">
        <thead>
          <tr>
            <th scope="col">Index</th>
            <th scope="col">Issued To</th>
            <th scope="col">Issued By</th>
            <th scope="col">Expiration</th>
            <th scope="col">Delete</th>
          </tr>
        </thead>
        <tbody>
          ${e.map(c=>l`<tr key=${c.id} data-id=${c.id}>
              <td data-title="Index">${c.index}</td>
              <td data-title="Issued To">
                <strong>${c.issued_to}</strong>
                <details>
                  <summary>SHA-256, serial number, origin</summary>
                  <p><code class="fingerprint">${c.sha256}</code></p>
                  <p>Serial number <code>${c.serial}</code></p>
                  <p>Added ${c.added.slice(0,10)}: ${c.origin}</p>
                </details>
              </td>
              <td data-title="Issued By">${c.issued_by}</td>
              <td data-title="Expiration" class=${Xt(c)}>
                ${c.expires.slice(0,10)}
                <br />
                <span class="quiet">${j(c.days_left,c.expired)}</span>
              </td>
              <td data-title="Delete">
                <input
                  type="checkbox"
                  name="delete"
                  value=${c.id}
                  aria-label=${`Delete ${c.issued_to}`}
                  checked=${s.has(c.id)}
                  onChange=${()=>o(c.id)} />
              </td>
            </tr>`)}
        </tbody>
      </table>
    </div>
    <button type="submit" class="danger" disabled=${t||s.size===0}>Delete</button>
  </form>`}function Yt({only_accept_trusted:e,list:t}){return t!=="custom"?"No certificate was uploaded; this computer's roots decide.":e?"No certificate is trusted yet, so the phone refuses every server. Upload the one of your CA.":"No certificate was uploaded."}function wt(){let e=P("/api/trusted"),{notice:t,busy:n,change:s}=F(),r=e.answer,o=c=>s(c).then(e.reload),i=c=>o(async()=>{let _=[];for(let u of c)_.push((await J(`/api/trusted/${u}`)).says);return{says:_.join(" ")}});return l`<${S} title="Trusted Certificates" state=${e}>
    <${N} notice=${t} />
    ${r&&l`<section aria-labelledby="which">
        <h2 id="which">Which servers the phone trusts</h2>
        <${Jt} trusted=${r} busy=${n} onConfirm=${c=>o(()=>le("/api/settings",c))} />
      </section>
      <section aria-labelledby="list">
        <h2 id="list">Uploaded certificates</h2>
        ${r.certificates.length===0?l`<p id="none-trusted">${Yt(r)}</p>`:l`<${Qt} certificates=${r.certificates} busy=${n} onDelete=${i} />`}
      </section>
      <section aria-labelledby="upload">
        <h2 id="upload">Upload</h2>
        <${_e}
          label="Trusted certificate (.pem, .cer, .crt, .der; at most 5 MB)"
          button="Upload"
          accept=".pem,.cer,.crt,.der,application/x-x509-ca-cert,application/pkix-cert"
          busy=${n}
          onFile=${c=>o(()=>ue("/api/trusted",c))} />
      </section>`}
  <//>`}var Zt=[["Status",[["#/status","Status"]]],["Security",[["#/security/trusted","Trusted Certificates"],["#/security/server","Server Certificates"]]],["Settings",[["#/settings/provision","Auto Provision"]]],["Diagnostics",[["#/diagnostics/connections","Connections"]]]],en={"#/status":Se,"#/security/trusted":wt,"#/security/server":bt,"#/settings/provision":mt,"#/diagnostics/connections":yt};function tn(){let[e,t]=v(location.hash);return k(()=>{let n=()=>{t(location.hash),document.getElementById("main")?.focus(),scrollTo(0,0)};return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),e}function nn({route:e}){return l`<nav aria-label="Pages">
    ${Zt.map(([t,n])=>l`<div class="group">
        ${n.length>1||n[0][1]!==t?l`<h2>${t}</h2>`:null}
        <ul>
          ${n.map(([s,r])=>l`<li>
              <a href=${s} aria-current=${e.startsWith(s)?"page":null}>${r}</a>
            </li>`)}
        </ul>
      </div>`)}
  </nav>`}function sn({route:e}){let t=/^#\/diagnostics\/connections\/([0-9]+)$/.exec(e);return t?l`<${vt} key=${t[1]} id=${t[1]} />`:l`<${en[e]??Se} />`}function on(){let[e,t]=v({known:!1,loggedIn:!1,says:""}),n=tn();if(k(()=>{ot(o=>t({known:!0,loggedIn:!1,says:o})),at().then(o=>t({known:!0,loggedIn:o,says:""}),o=>t({known:!0,loggedIn:!1,says:o.message}))},[]),!e.known)return null;if(!e.loggedIn)return l`<${ht} says=${e.says} onDone=${()=>t({known:!0,loggedIn:!0,says:""})} />`;let s=async()=>{await lt().catch(()=>{}),t({known:!0,loggedIn:!1,says:"You are logged out."})},r=n===""||n==="#/"?"#/status":n;return l`<div class="shell">
    <a class="skip" href="#main" onClick=${rn}>Skip to the page</a>
    <header>
      <span class="brand">Sealtone</span>
      <button type="button" class="plain" onClick=${s}>Log out</button>
    </header>
    <${nn} route=${r} />
    <${sn} route=${r} />
  </div>`}function rn(e){e.preventDefault(),document.getElementById("main")?.focus()}qe(l`<${on} />`,document.getElementById("page"));
