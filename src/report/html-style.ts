/** Style of the page: two colour schemes, legible on paper, no fonts to load. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2128; --soft: #57606a; --paper: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --mark: #fff1b8; --bad: #b42318; --good: #1a7f37; --doubt: #8a5a00; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --paper: #0d1117; --panel: #161b22; --line: #30363d; --mark: #54440b; --bad: #ff7b72; --good: #56d364; --doubt: #e3b341; --link: #79c0ff; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; }
body { margin: 0; font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:not(pre) > code { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 0 .3em; overflow-wrap: anywhere; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 2.8rem 0 .8rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 1.6rem 0 .5rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 2; }
nav { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1; }
nav ul { max-width: 76rem; margin: 0 auto; padding: .6rem 1.5rem; list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
.verdict { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.4rem 0; padding: 0; list-style: none; }
.verdict li { flex: 1 1 9rem; border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1rem; background: var(--panel); }
.verdict b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); } .doubt { color: var(--doubt); }
.warning { border: 1px solid var(--bad); border-left-width: 5px; border-radius: 6px; padding: .6rem 1rem; margin: 1rem 0; }
.finding { border: 1px solid var(--line); border-radius: 8px; margin: .9rem 0; overflow: hidden; break-inside: avoid; }
.finding > p { margin: 0; padding: .6rem 1rem; }
.finding > .trail { padding-top: 0; color: var(--soft); font-size: .9rem; }
.frame { margin: 0; padding: .5rem 0; background: var(--panel); border-top: 1px solid var(--line); overflow-x: auto; }
.frame span { display: block; padding: 0 1rem; white-space: pre; }
.frame i { display: inline-block; width: 3.6em; color: var(--soft); font-style: normal; user-select: none; }
.frame mark { background: var(--mark); color: inherit; border-radius: 2px; text-decoration: underline; text-decoration-color: var(--bad); text-underline-offset: 3px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding: .5rem .8rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--panel); white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.chain { color: var(--soft); } .chain b { color: var(--ink); font-weight: 500; }
footer { color: var(--soft); padding-top: 3rem; padding-bottom: 2rem; font-size: .88rem; }
@media print { nav, .skip { display: none; } body { font-size: 11pt; } .frame, .frame span { white-space: pre-wrap; overflow: visible; } .scroll { overflow: visible; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;
