// Tells the browser the language of the page, and says in it what Streamlit says in English alone.
(() => {
  document.documentElement.lang = LANGUAGE;
  if (window.kamercijfersSpeaks || !PHRASES.length) return;
  window.kamercijfersSpeaks = true;
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const phrases = PHRASES.map(([from, to]) => [
    new RegExp(`^${escaped(from).replace("…", "(.+)")}$`),
    to.replace("…", "$1"),
  ]);
  const said = (text) => {
    for (const [from, to] of phrases) if (from.test(text)) return text.replace(from, to);
    return text;
  };
  const ours = (element) => element.closest(".kc, svg");
  const ATTRIBUTES = ["aria-label", "placeholder"];
  const attributes = (element) => {
    for (const name of ATTRIBUTES) {
      const told = element.getAttribute(name);
      if (told && said(told) !== told) element.setAttribute(name, said(told));
    }
  };
  const words = (node) => {
    if (said(node.data) !== node.data) node.data = said(node.data);
  };
  const accepts = (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(".kc, svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return root.parentElement && !ours(root.parentElement) && words(root);
    if (root.nodeType !== Node.ELEMENT_NODE || ours(root)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, accepts);
    for (let node = root; node; node = walker.nextNode())
      if (node.nodeType === Node.TEXT_NODE) words(node);
      else attributes(node);
  };
  all(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(all);
      else all(change.target);
    }
  }).observe(document.body, {
    attributeFilter: ATTRIBUTES,
    characterData: true,
    childList: true,
    subtree: true,
  });
})();
