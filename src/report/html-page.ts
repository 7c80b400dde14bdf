import { createHash } from "node:crypto";
import { escapeHtml } from "./html-text.js";

/** Colours from the palette below, checked for a contrast of 4.5:1 or more on their grounds. */
const STYLE = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1b1f27;--soft:#5a6372;--line:#dfe3ea;--code:#f3f5f8;--accent:#2456d6;
--error:#c0262d;--error-bg:#fdecec;--warning:#8a5a00;--warning-bg:#fdf3da;--note:#1c5fa8;--note-bg:#e6f0fb;--good:#1b7a3d;--good-bg:#e6f5ea;--amber:#c98a00;--violet:#6b3fc4;--violet-bg:#f0eafc}
@media(prefers-color-scheme:dark){:root{--ground:#12151b;--card:#1a1e26;--text:#e4e8ef;--soft:#9aa4b5;--line:#2c323d;--code:#13161c;--accent:#85a9ff;
--error:#ff8a8a;--error-bg:#3a1d20;--warning:#f0bf5a;--warning-bg:#352a12;--note:#86bdf7;--note-bg:#17293d;--good:#74d492;--good-bg:#16301f;--amber:#f0bf5a;--violet:#c3a6ff;--violet-bg:#2b2144}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
code,pre,kbd,.path,.where,.value{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
header.top,.filters,main{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header.top{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.5rem;padding-top:1.5rem;padding-bottom:1rem}
h1{margin:0;font-size:1.35rem;letter-spacing:-.01em;display:flex;align-items:center;gap:.55rem}
.mark{display:grid;place-items:center;width:1.8rem;height:1.8rem;border-radius:.5rem;background:var(--accent);color:var(--card);font-size:1rem}
.facts{margin:0;display:flex;flex-wrap:wrap;gap:.1rem .9rem;color:var(--soft);flex:1}
.version{margin:0;color:var(--soft);font-size:.85rem;text-align:right;line-height:1.35}
.filters{position:sticky;top:0;z-index:2;background:var(--ground);display:flex;flex-wrap:wrap;align-items:end;gap:.6rem .75rem;padding-top:.75rem;padding-bottom:.75rem;border-bottom:1px solid var(--line)}
.counts{display:flex;gap:.4rem}
button,input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.5rem;height:2.4rem;padding:0 .7rem}
button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible,pre:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.count{cursor:pointer;white-space:nowrap}
.count b{font-variant-numeric:tabular-nums}
.count.error{color:var(--error)}.count.warning{color:var(--warning)}.count.note{color:var(--note)}
.count.error[aria-pressed=true]{background:var(--error-bg);border-color:var(--error)}
.count.warning[aria-pressed=true]{background:var(--warning-bg);border-color:var(--warning)}
.count.note[aria-pressed=true]{background:var(--note-bg);border-color:var(--note)}
.count[aria-pressed=false]{text-decoration:line-through;color:var(--soft)}
.count:disabled{opacity:.55;cursor:default;background:none!important;border-color:var(--line)!important;color:var(--soft);text-decoration:none}
.filters label{position:relative;display:flex;flex-direction:column;flex:1 1 9rem;min-width:0;max-width:16rem}
.filters .search{flex:2 1 14rem;max-width:none}
.label{font-size:.75rem;color:var(--soft);line-height:1.3}
.filters input,.filters select{width:100%}
kbd{position:absolute;right:.6rem;bottom:.55rem;font-size:.75rem;line-height:1.2rem;padding:0 .4rem;border:1px solid var(--line);border-radius:.3rem;color:var(--soft);background:var(--code);pointer-events:none}
input:focus+kbd,input:not(:placeholder-shown)+kbd{display:none}
#shown{margin:0;flex-basis:100%;font-size:.85rem;color:var(--soft)}
main{padding-top:.5rem;padding-bottom:3rem}
.file{margin-top:1.5rem}
.file>h2,.faults>h2{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;margin:0 0 .6rem;font-size:1rem}
.path{overflow-wrap:anywhere}
.chip{display:inline-block;font:600 .75rem/1.5rem system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;padding:0 .55rem;border-radius:1rem;background:var(--code);color:var(--soft);white-space:nowrap}
.chip.error{background:var(--error-bg);color:var(--error)}.chip.warning{background:var(--warning-bg);color:var(--warning)}.chip.note{background:var(--note-bg);color:var(--note)}
.finding,.faults,.rest{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.85rem 1rem;margin:0 0 .75rem}
.finding{border-left:4px solid var(--note);content-visibility:auto;contain-intrinsic-size:auto 14rem}
.finding.error{border-left-color:var(--error)}.finding.warning{border-left-color:var(--amber)}
.faults{border-left:4px solid var(--violet);margin-top:1rem}.faults ul,.rest ul{margin:.4rem 0 0;padding-left:1.2rem;overflow-wrap:anywhere}.faults p{margin:0;color:var(--soft)}
.meta{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .75rem;margin:0;font-size:.85rem;color:var(--soft)}
.rule{margin-left:auto}
a{color:var(--accent);text-underline-offset:.15em}
h3{margin:.35rem 0 .15rem;font-size:1rem;font-weight:600;overflow-wrap:anywhere}
.value{quotes:none;font-size:.92em;font-weight:500;padding:.05em .3em;border-radius:.3em;background:var(--code);overflow-wrap:anywhere}
.value::before,.value::after{content:""}
.about{margin:.1rem 0 0;font-size:.82rem;color:var(--soft);overflow-wrap:anywhere}
figure{margin:.6rem 0 0;border:1px solid var(--line);border-radius:.45rem;background:var(--code);overflow:hidden}
figcaption{padding:.2rem .75rem;font-size:.8rem;color:var(--soft);border-bottom:1px solid var(--line);overflow-wrap:anywhere}
pre{margin:0;padding:.4rem 0;overflow-x:auto;font-size:.84rem;line-height:1.55;tab-size:4}
pre code{display:inline-flex;flex-direction:column;min-width:100%}
.line{padding-right:1rem;min-height:1.55em}
.n{display:inline-block;width:4.2em;padding-right:1em;text-align:right;color:var(--soft);user-select:none}
.hit .n{color:var(--text);font-weight:700}
.hit{background:color-mix(in srgb,var(--tone,var(--note)) 9%,transparent)}
.error{--tone:var(--error)}.warning{--tone:var(--amber)}.note{--tone:var(--note)}
.gap{padding-left:2.7em;color:var(--soft);line-height:1.1}
mark{color:inherit;background:none;border-radius:.15em}
mark.primary{background:color-mix(in srgb,var(--tone) 20%,transparent);box-shadow:inset 0 -2px var(--tone)}
mark.related{background:var(--violet-bg);box-shadow:inset 0 -2px var(--violet)}
mark.point{box-shadow:none;background:none;border-left:2px solid var(--tone);margin-right:-2px}
.note-text{margin-left:1.2em;color:var(--violet);font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-style:italic;user-select:none}
.help{margin:.6rem 0 0;padding-left:3.1rem;text-indent:-3.1rem;overflow-wrap:anywhere}
.help b{display:inline-block;width:3.1rem;text-indent:0;color:var(--good);font-size:.85rem}
.fix{margin-top:.2rem}.how{font-size:.82rem;color:var(--soft);background:var(--code);padding:.1em .5em;border-radius:.4em;white-space:nowrap}
.more{margin:.4rem 0 0;font-size:.85rem;color:var(--soft)}

.how.safe{color:var(--good);background:var(--good-bg)}
.clean{margin:3rem auto;text-align:center;font-size:1.15rem;color:var(--soft)}.clean span{color:var(--good)}
.rest summary{cursor:pointer}.rest{margin-top:1.5rem;font-size:.9rem}.rest+.rest{margin-top:0}
[hidden]{display:none!important}
@media(max-width:40rem){body{font-size:14px}.counts{flex-basis:100%}.count{flex:1;padding:0 .3rem}.filters{position:static}.filters label{flex-basis:8rem}.filters .search{flex-basis:100%}.facts{order:3;flex-basis:100%}.version{margin-left:auto}.n{width:3.2em}.finding{padding:.75rem .8rem}}
@media print{.filters{display:none}.finding{break-inside:avoid}pre{white-space:pre-wrap}}
`;

const SCRIPT = `
(function(){
var form=document.getElementById("filters");
if(!form)return;
var text=document.getElementById("text"),rule=document.getElementById("rule"),file=document.getElementById("file");
var shown=document.getElementById("shown"),nothing=document.getElementById("nothing");
var buttons=Array.from(form.querySelectorAll("button[data-severity]"));
var sections=Array.from(document.querySelectorAll("section.file")).map(function(section){
  return{element:section,file:section.dataset.file,findings:Array.from(section.querySelectorAll("article")).map(function(article){
    var words=["h3",".about",".help",".rule",".where"].map(function(s){return Array.from(article.querySelectorAll(s),function(e){return e.textContent}).join(" ")});
    return{element:article,severity:article.dataset.severity,rule:article.dataset.rule,text:(section.dataset.file+" "+words.join(" ")).toLowerCase()}})}});
function apply(){
  var off={};buttons.forEach(function(b){if(b.getAttribute("aria-pressed")==="false")off[b.dataset.severity]=true});
  var words=text.value.toLowerCase().split(/\\s+/).filter(Boolean),visible=0,total=0;
  sections.forEach(function(section){
    var any=false;
    section.findings.forEach(function(f){
      var show=!off[f.severity]&&(!rule.value||f.rule===rule.value)&&(!file.value||section.file===file.value)&&words.every(function(w){return f.text.indexOf(w)>=0});
      f.element.hidden=!show;total++;if(show){visible++;any=true}});
    section.element.hidden=!any});
  shown.textContent=visible===total?total+(total===1?" finding":" findings"):visible+" of "+total+" findings";
  nothing.hidden=visible>0;
}
buttons.forEach(function(b){b.addEventListener("click",function(){b.setAttribute("aria-pressed",String(b.getAttribute("aria-pressed")==="false"));apply()})});
var timer;
text.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(apply,80)});
rule.addEventListener("change",apply);file.addEventListener("change",apply);
form.addEventListener("submit",function(e){e.preventDefault()});
document.addEventListener("keydown",function(e){
  if(e.key==="/"&&!/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)){e.preventDefault();text.focus()}
  if(e.key==="Escape"&&document.activeElement===text){text.value="";apply()}});
apply();
})();
`;

/** `✓` on the accent's ground. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%232456d6'/%3E%3Cpath d='M4 8.5l3 3 5-7' fill='none' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The page around a body; its policy lets nothing load and no script run but its own. */
export function assemblePage(title: string, body: string): string {
  const policy = `default-src 'none'; img-src data:; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
${body}<script>${SCRIPT}</script>
</body>
</html>
`;
}
