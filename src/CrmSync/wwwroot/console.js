// What the console does in the browser without the worker: menus, dialogs, keyboard. No page depends on it to be read.
(() => {
  'use strict';

  const isTyping = target => target.closest?.('input, textarea, select, [contenteditable="true"]') !== null;
  const dialog = name => document.querySelector(`dialog[data-dialog="${name}"]`);
  let afterG = false;

  const setNavigation = open => {
    document.querySelector('.shell')?.classList.toggle('nav-open', open);
    document.querySelector('[data-toggle-nav]')?.setAttribute('aria-expanded', String(open));
  };

  const closeMenus = except => {
    for (const menu of document.querySelectorAll('details[data-close-outside][open]')) {
      if (menu !== except) {
        menu.open = false;
      }
    }
  };

  const showTheme = () => {
    for (const choice of document.querySelectorAll('[data-theme-choice]')) {
      choice.value = document.documentElement.dataset.theme;
    }
  };

  document.addEventListener('click', event => {
    const target = event.target;
    closeMenus(target.closest('details[data-close-outside]'));
    if (target.closest('[data-toggle-nav]')) {
      setNavigation(!document.querySelector('.shell')?.classList.contains('nav-open'));
    } else if (!target.closest('#navigation') || target.closest('#navigation a')) {
      setNavigation(false);
    }

    const opener = target.closest('[data-open-dialog]');
    if (opener) {
      closeMenus();
      dialog(opener.dataset.openDialog)?.showModal();
    }

    if (target.closest('[data-reload]')) {
      location.reload();
    }

    if (target.closest('[data-skip]')) {
      event.preventDefault();
      document.getElementById('content')?.focus();
    }
  });

  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit]')) {
      event.target.form.requestSubmit();
    }
  });

  // A toggle event does not bubble: caught on its way down.
  document.addEventListener('toggle', showTheme, true);

  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      const menu = document.querySelector('details[data-close-outside][open]');
      closeMenus();
      setNavigation(false);
      menu?.querySelector('summary')?.focus();
      return;
    }

    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) {
      return;
    }

    const wasAfterG = afterG;
    afterG = event.key === 'g' && !wasAfterG;
    if (wasAfterG) {
      document.querySelector(`#navigation a[data-keys="${CSS.escape(event.key)}"]`)?.click();
    } else if (event.key === '/') {
      const search = document.querySelector('[data-search]');
      if (search) {
        event.preventDefault();
        search.focus();
        search.select?.();
      }
    } else if (event.key === '?') {
      dialog('shortcuts')?.showModal();
    }
  });

  // The one-time token after the # of a link never leaves the browser but in the form.
  const token = document.querySelector('[data-from-hash]');
  if (token && location.hash.length > 1) {
    token.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
  }

  showTheme();
})();
