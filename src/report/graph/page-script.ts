/** What the page does: filters, selection, moving and zooming. Texts reach the page as text alone, never as markup. */
export const PAGE_SCRIPT = String.raw`
(function(){
"use strict";
var data=JSON.parse(document.getElementById("data").textContent),nodes=data.nodes,edges=data.edges;
var $=function(id){return document.getElementById(id)};
var svg=document.querySelector("svg.drawing"),view=$("view"),side=$("side");
var search=$("search"),space=$("space"),kind=$("kind"),troubled=$("troubled");
var nodeEls=[],edgeEls=[];
document.querySelectorAll(".node").forEach(function(e){nodeEls[+e.dataset.node]=e});
document.querySelectorAll(".edge").forEach(function(e){edgeEls.push({el:e,from:+e.dataset.from,to:+e.dataset.to})});
var spaces=Array.from(document.querySelectorAll(".namespace"));
var out=nodes.map(function(){return[]}),into=nodes.map(function(){return[]});
edges.forEach(function(e){out[e.from].push(e);into[e.to].push(e)});
var selected=-1,only=null,shown=[];

function el(tag,className,text){var e=document.createElement(tag);if(className)e.className=className;if(text!==undefined)e.textContent=text;return e}
function gravest(n){return n.errors?"error":n.warnings?"warning":""}
function visible(i){
  var n=nodes[i];
  if(only&&!only[i])return false;
  if(space.value&&"="+n.namespace!==space.value)return false;
  if(kind.value&&n.kind!==kind.value)return false;
  return troubled.getAttribute("aria-pressed")!=="true"||n.missing||gravest(n)!==""||out[i].some(function(e){return e.missing});
}
function words(){return search.value.toLowerCase().split(/\s+/).filter(Boolean)}
function matches(i,w){var n=nodes[i],t=n.text;return w.every(function(x){return t.indexOf(x)>=0})}
nodes.forEach(function(n){n.text=(n.kind+" "+n.name+" "+n.namespace+" "+(n.file||"")+" "+n.problems.map(function(p){return p.rule}).join(" ")).toLowerCase()});

function apply(refit){
  var w=words(),on=nodes.map(function(n,i){return visible(i)});
  shown=[];
  on.forEach(function(v,i){
    // What is missing stays with what misses it.
    if(v&&nodes[i].missing&&!into[i].some(function(e){return on[e.from]}))v=on[i]=false;
    if(!v&&nodes[i].missing&&!only&&!space.value&&!kind.value)v=on[i]=into[i].some(function(e){return on[e.from]});
  });
  var near=null;
  if(selected>=0){near={};near[selected]=true;out[selected].concat(into[selected]).forEach(function(e){near[e.from]=near[e.to]=true})}
  nodeEls.forEach(function(e,i){
    var hit=!w.length||matches(i,w);
    e.classList.toggle("off",!on[i]);
    e.classList.toggle("dim",!hit||(near!==null&&!near[i]));
    e.classList.toggle("match",w.length>0&&hit);
    e.classList.toggle("selected",i===selected);
    e.setAttribute("tabindex",on[i]?"0":"-1");
    if(on[i]&&hit)shown.push(i);
  });
  edgeEls.forEach(function(e){
    var lit=selected>=0&&(e.from===selected||e.to===selected);
    e.el.classList.toggle("off",!on[e.from]||!on[e.to]);
    e.el.classList.toggle("lit",lit);
    e.el.classList.toggle("dim",(selected>=0&&!lit)||(w.length>0&&!(matches(e.from,w)&&matches(e.to,w))&&!lit));
  });
  spaces.forEach(function(s){s.classList.toggle("off",!on.some(function(v,i){return v&&nodes[i].namespace===s.dataset.namespace}))});
  $("empty").hidden=on.some(Boolean);
  if(selected>=0)details();else list();
  if(refit)fit();
}

var box={x:0,y:0,k:1};
function place(){view.setAttribute("transform","translate("+box.x+" "+box.y+") scale("+box.k+")")}
function zoom(factor,cx,cy){
  var k=Math.min(4,Math.max(0.02,box.k*factor)),r=k/box.k;
  box.x=cx-(cx-box.x)*r;box.y=cy-(cy-box.y)*r;box.k=k;place();
}
function bounds(list){
  var b=null;
  list.forEach(function(i){
    var n=nodes[i];
    if(!b)b={x1:n.x,y1:n.y,x2:n.x+n.w,y2:n.y+n.h};
    else{b.x1=Math.min(b.x1,n.x);b.y1=Math.min(b.y1,n.y);b.x2=Math.max(b.x2,n.x+n.w);b.y2=Math.max(b.y2,n.y+n.h)}
  });
  return b;
}
function show(b,most){
  if(!b)return;
  var W=svg.clientWidth,H=svg.clientHeight,m=50;
  var k=Math.min(most,(W-2*m)/(b.x2-b.x1),(H-2*m-40)/(b.y2-b.y1));
  box.k=Math.max(0.02,k);box.x=(W-(b.x1+b.x2)*box.k)/2;box.y=(H-(b.y1+b.y2)*box.k)/2;place();
}
function fit(){
  var on=[];nodeEls.forEach(function(e,i){if(!e.classList.contains("off"))on.push(i)});
  show(bounds(on),1.25);
}
function centre(i){
  var near=[i];out[i].concat(into[i]).forEach(function(e){near.push(e.from,e.to)});
  var b=bounds(near);
  // Neighbours far away would make everything tiny: then the object itself is what counts.
  if((b.x2-b.x1)>svg.clientWidth*2||(b.y2-b.y1)>svg.clientHeight*2)b=bounds([i]);
  show(b,1.2);
}

function row(i,verb,tail){
  var n=nodes[i],li=el("li"),b=el("button","row");b.type="button";
  b.appendChild(el("i","dot "+n.family));
  var s=el("span");
  if(verb)s.appendChild(el("span","soft",verb+" "));
  s.appendChild(document.createTextNode(n.kind+" "));
  s.appendChild(el("b","",n.name));
  if(n.missing)s.appendChild(el("span","soft"," – not in the input"));
  if(tail)s.appendChild(el("div","place",tail));
  b.appendChild(s);
  if(gravest(n))b.appendChild(el("span","count "+gravest(n),String(n[gravest(n)+"s"])));
  b.addEventListener("click",function(){select(i,true)});
  li.appendChild(b);return li;
}
var MOST=400;
function list(){
  side.textContent="";
  var there=shown.filter(function(i){return !nodes[i].missing}).length,lost=shown.length-there;
  side.appendChild(el("h2","",there+" objects"+(lost?", "+lost+" not in the input":"")));
  side.appendChild(el("p","soft","Click an object to see what it refers to, and what refers to it."));
  var order=shown.slice().sort(function(a,b){var A=nodes[a],B=nodes[b];return(B.errors-A.errors)||(B.missing-A.missing)||(B.warnings-A.warnings)||a-b});
  var ul=el("ul");order.slice(0,MOST).forEach(function(i){ul.appendChild(row(i,"",nodes[i].namespace&&!space.value?nodes[i].namespace:""))});
  side.appendChild(el("h3","",order.some(function(i){return gravest(nodes[i])})?"Problems first":"Objects"));
  side.appendChild(ul);
  if(order.length>MOST)side.appendChild(el("p","soft",(order.length-MOST)+" more: narrow the search"));
}
function where(e){return nodes[e.from].file+":"+e.line+"  "+e.field}
function section(title,list,make){
  if(!list.length)return;
  side.appendChild(el("h3","",title));
  var ul=el("ul");list.slice(0,MOST).forEach(function(x){ul.appendChild(make(x))});side.appendChild(ul);
}
function details(){
  var n=nodes[selected];
  side.textContent="";
  var back=el("button","","‹ All objects");back.type="button";back.addEventListener("click",function(){select(-1)});side.appendChild(back);
  var h=el("h2");h.appendChild(el("i","dot "+n.family));h.appendChild(el("span","",n.name));
  side.appendChild(el("p"));side.appendChild(h);
  side.appendChild(el("p","",n.kind+(n.api?" · "+n.api:"")+(n.namespace?" · namespace "+n.namespace:"")));
  if(n.missing)side.appendChild(el("p","soft",n.selector?"No Pod of the input has these labels.":"Referred to, but not in the input."));
  else side.appendChild(el("p","place",n.file+":"+n.line));
  var actions=el("div","actions"),b=el("button","",only?"Show everything":"Only this and its neighbours");b.type="button";
  b.addEventListener("click",function(){
    if(only)only=null;
    else{only={};only[selected]=true;out[selected].concat(into[selected]).forEach(function(e){only[e.from]=only[e.to]=true})}
    apply(true);
  });
  actions.appendChild(b);side.appendChild(actions);
  section("Problems",n.problems,function(p){
    var li=el("li","problem "+p.severity);
    li.appendChild(el("p","",p.message));
    if(p.help)li.appendChild(el("p","soft",p.help));
    li.appendChild(el("p","place",p.severity+" · "+p.rule+" · "+p.file+":"+p.line));
    return li;
  });
  section("Refers to",out[selected],function(e){return row(e.to,e.verb+(e.keys.length?" "+e.keys.join(", ")+" of":"")+(e.made?" "+e.made+", made by":""),where(e)+(e.selector?"  ("+e.selector+")":""))});
  section("Referred to by",into[selected],function(e){return row(e.from,"",e.verb+" · "+where(e))});
  section("Outside the input",n.outside,function(o){
    var li=el("li","row");var s=el("span","",o.verb+" "+o.target);s.appendChild(el("div","place",n.file+":"+o.line+"  "+o.field));li.appendChild(s);return li;
  });
  if(!out[selected].length&&!into[selected].length)side.appendChild(el("p","soft","Nothing refers to it, and it refers to nothing in the input."));
  side.scrollTop=0;
}
function select(i,move){
  selected=i;
  if(i<0)only=null;
  if(i>=0&&nodeEls[i].classList.contains("off")){space.value="";kind.value="";only=null;troubled.setAttribute("aria-pressed","false")}
  apply(false);
  if(i>=0&&move)centre(i);
}

nodeEls.forEach(function(e,i){
  e.setAttribute("role","button");
  e.addEventListener("keydown",function(ev){if(ev.key==="Enter"||ev.key===" "){ev.preventDefault();select(i,true)}});
});
var drag=null;
svg.addEventListener("pointerdown",function(ev){if(ev.button)return;drag={x:ev.clientX,y:ev.clientY,bx:box.x,by:box.y,moved:false,target:ev.target};});
window.addEventListener("pointermove",function(ev){
  if(!drag)return;
  var dx=ev.clientX-drag.x,dy=ev.clientY-drag.y;
  if(!drag.moved&&Math.abs(dx)+Math.abs(dy)<4)return;
  drag.moved=true;svg.classList.add("moving");box.x=drag.bx+dx;box.y=drag.by+dy;place();
});
window.addEventListener("pointerup",function(){
  if(!drag)return;
  svg.classList.remove("moving");
  if(!drag.moved){var n=drag.target.closest?drag.target.closest(".node"):null;select(n?+n.dataset.node:-1,false)}
  drag=null;
});
window.addEventListener("pointercancel",function(){drag=null});
svg.addEventListener("wheel",function(ev){
  ev.preventDefault();
  var r=svg.getBoundingClientRect();
  zoom(Math.exp(-ev.deltaY*(ev.deltaMode?0.05:0.0018)),ev.clientX-r.left,ev.clientY-r.top);
},{passive:false});
$("in").addEventListener("click",function(){zoom(1.35,svg.clientWidth/2,svg.clientHeight/2)});
$("out").addEventListener("click",function(){zoom(1/1.35,svg.clientWidth/2,svg.clientHeight/2)});
$("fit").addEventListener("click",fit);
$("theme").addEventListener("click",function(){
  var root=document.documentElement,dark=root.dataset.theme?root.dataset.theme==="dark":matchMedia("(prefers-color-scheme:dark)").matches;
  root.dataset.theme=dark?"light":"dark";
});
var timer;
search.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(function(){selected=-1;apply(false);if(words().length&&shown.length)show(bounds(shown),1.1);else if(!words().length)fit()},90)});
search.addEventListener("keydown",function(ev){if(ev.key==="Enter"&&shown.length)select(shown[0],true)});
[space,kind].forEach(function(s){s.addEventListener("change",function(){selected=-1;only=null;apply(true)})});
troubled.addEventListener("click",function(){troubled.setAttribute("aria-pressed",String(troubled.getAttribute("aria-pressed")!=="true"));selected=-1;apply(true)});
document.addEventListener("keydown",function(ev){
  if(ev.key==="/"&&!/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)){ev.preventDefault();search.focus()}
  if(ev.key==="Escape"){search.value="";only=null;select(-1);fit()}
});
window.addEventListener("resize",fit);
apply(true);
})();
`;
