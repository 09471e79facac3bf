(() => {
  'use strict';

  // The list of all images: searched, filtered and sorted.
  const list = document.querySelector('.grid');
  const search = document.getElementById('search');
  const host = document.getElementById('host');
  const order = document.getElementById('order');
  const count = document.getElementById('count');
  const statuses = [...document.querySelectorAll('[name=status]')];
  const declared = [...list.children];
  const number = new Intl.NumberFormat('en');
  const collator = new Intl.Collator('en', { numeric: true });
  const size = card => Number(card.dataset.size ?? -1);
  const time = card => Number(card.dataset.time ?? NaN);

  // Whatever has no time is last, in both directions.
  const byTime = direction => (one, other) =>
    Number.isNaN(time(one)) - Number.isNaN(time(other)) || direction * (time(one) - time(other)) || 0;
  const orders = {
    name: (one, other) => collator.compare(one.title, other.title),
    size: (one, other) => size(other) - size(one),
    newest: byTime(-1),
    oldest: byTime(1),
  };
  let texts;

  function show() {
    texts ??= new Map(declared.map(card => [card, card.title.toLowerCase()]));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = statuses.find(button => button.checked).value;
    let shown = 0;
    for (const card of declared) {
      const fits = (!status || card.dataset.status === status) && (!host?.value || card.dataset.host === host.value)
        && words.every(word => texts.get(card).includes(word));
      card.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === declared.length ? count.dataset.all : `${number.format(shown)} of ${count.dataset.all}`;
  }

  function sort() {
    list.dataset.order = order.value;
    list.append(...(orders[order.value] ? declared.toSorted(orders[order.value]) : declared));
  }

  search.addEventListener('input', show);
  [host, ...statuses].forEach(control => control?.addEventListener('change', show));
  order.addEventListener('change', sort);
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !event.target.closest('input[type=search], dialog') && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'Escape' && event.target === search) {
      search.value = '';
      show();
    }
  });

  // What a browser remembers of the form when it reloads the page counts.
  if (search.value || host?.value || !statuses.some(button => button.checked && !button.value)) {
    show();
  }
  if (order.value) {
    sort();
  }
})();
