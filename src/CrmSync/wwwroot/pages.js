// What the pages need of the browser beside console.js: whether somebody looks, and the keyboard in the template editor.
(() => {
  'use strict';

  window.crmsyncPages = {
    // Tells the worker when the page is hidden and when it is looked at again.
    watch(page) {
      const tell = () => page.invokeMethodAsync('Seen', document.visibilityState === 'visible');
      document.addEventListener('visibilitychange', tell);
      return { end: () => document.removeEventListener('visibilitychange', tell) };
    },

    // Puts the caret where an error is.
    goTo(area, line, column) {
      const before = area.value.split('\n').slice(0, line - 1);
      const at = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
      area.focus();
      area.setSelectionRange(at, at);
      area.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(area).lineHeight));
    },
  };

  // Line numbers move with the text beside them. A scroll event does not bubble: caught on its way down.
  document.addEventListener('scroll', event => {
    if (event.target.matches?.('.editor textarea')) {
      event.target.parentElement.querySelector('.line-numbers').scrollTop = event.target.scrollTop;
    }
  }, true);
})();
