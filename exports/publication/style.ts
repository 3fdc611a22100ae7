/**
 * Style of the public pages: dark ink on a warm pale ground, one deep blue for action. System serif stack: a page must not
 * fetch anything. Contrast 4.5:1 in light and dark.
 */
export const stylesheet = `
:root { --ground: #f3efe6; --paper: #fffefb; --ink: #1f1d19; --soft: #59544a; --line: #ddd6c8; --action: #1b3f78; --action-soft: #e9eef6; --done: #1c6140; --warn: #6e4a06; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ground: #161512; --paper: #1e1d19; --ink: #ece7db; --soft: #b6af9f; --line: #39362e; --action: #a5c2f4; --action-soft: #232d3f; --done: #92d2a9; --warn: #e6c684; } }
* { box-sizing: border-box; }
html { font-size: 112.5%; }
body { margin: 0; background: var(--ground); color: var(--ink); font-family: "Source Serif 4", "Source Serif Pro", Georgia, "DejaVu Serif", serif; line-height: 1.55; overflow-wrap: break-word; }
.wrap { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding: 2rem 0 1.25rem; border-bottom: 1px solid var(--line); }
.brand { margin: 0; font-size: 1.2rem; font-weight: 600; }
.brand a { color: inherit; text-decoration: none; }
.brand a:hover { text-decoration: underline; }
.what { margin: 0; color: var(--soft); }
main.wrap { padding-top: 2rem; padding-bottom: 3rem; }
main:focus { outline: none; }
h1 { font-size: 1.73rem; line-height: 1.25; margin: 0 0 .5rem; font-weight: 600; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.5rem 0 .75rem; font-weight: 600; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, ul, ol, dl { margin: 0 0 1rem; }
.lead { color: var(--soft); margin-bottom: 1.5rem; }
a { color: var(--action); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem .75rem; }
.acts { list-style: none; padding: 0; margin: 0; border-top: 1px solid var(--line); }
.acts li { border-bottom: 1px solid var(--line); padding: .75rem 0; }
.acts a { font-weight: 600; }
.meta { color: var(--soft); font-size: .875rem; margin: .15rem 0 0; }
.read { display: inline-block; min-height: 44px; padding: .6rem 1.1rem; background: var(--action); color: var(--paper); border-radius: 6px; text-decoration: none; font-weight: 600; }
.read:hover { text-decoration: underline; }
dl { display: grid; grid-template-columns: minmax(10rem, 14rem) 1fr; gap: .5rem 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; }
.state { font-weight: 600; }
.done { color: var(--done); }
.waiting { color: var(--warn); }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .83em; background: var(--action-soft); padding: .1rem .3rem; border-radius: 3px; overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); padding: 1.5rem 0 2.5rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr; gap: .1rem; } dd { margin-bottom: .75rem; } h1 { font-size: 1.44rem; } }
@media print { body { background: none; } .skip { display: none; } a { color: inherit; } }
`
