(() => {
  'use strict';

  // A file that is not beside the report leaves its tile to the name of its format.
  const drop = image => image.remove();
  document.addEventListener('error', event => event.target instanceof HTMLImageElement && drop(event.target), true);
  document.querySelectorAll('img').forEach(image => image.complete && !image.naturalWidth && image.loading !== 'lazy' && drop(image));

  const search = document.getElementById('search');
  if (!search) {
    return;
  }

  const count = document.getElementById('count');
  const cards = [...document.querySelectorAll('.grid > li')];
  const number = new Intl.NumberFormat('en');
  let texts;

  function show() {
    texts ??= cards.map(card => card.title.toLowerCase());
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = document.querySelector('[name=status]:checked').value;
    let shown = 0;
    cards.forEach((card, i) => {
      const fits = (!status || card.dataset.status === status) && words.every(word => texts[i].includes(word));
      card.hidden = !fits;
      shown += fits;
    });
    count.textContent = shown === cards.length ? count.dataset.all : `${number.format(shown)} of ${count.dataset.all}`;
  }

  search.addEventListener('input', show);
  document.querySelectorAll('[name=status]').forEach(button => button.addEventListener('change', show));
  document.addEventListener('keydown', event => {
    if (event.key === '/' && event.target !== search && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape' && event.target === search) {
      search.value = '';
      show();
    }
  });

  // What a browser remembers of the form when it reloads the page counts.
  if (search.value || !document.querySelector('[name=status][value=""]').checked) {
    show();
  }
})();
