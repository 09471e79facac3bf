// The path of a card's image: the first line of its title, or else its heading.
const pathOf = card => card.title.split('\n')[0] || card.querySelector('h3').textContent;

(() => {
  'use strict';

  // Without this script a picture is no button that does nothing.
  document.querySelectorAll('button.tile').forEach(button => {
    const side = button.nextElementSibling?.querySelector('b')?.textContent ?? '';
    button.ariaLabel = `Enlarge ${pathOf(button.closest('li'))} ${side.toLowerCase()}`.trimEnd();
    button.disabled = false;
  });
  document.querySelectorAll('button.compare').forEach(button => {
    button.disabled = button.closest('li').querySelectorAll('.tile img').length < 2;
  });

  // A file that is not beside the report leaves its tile to the name of its format, and nothing to enlarge or to compare.
  const drop = image => {
    image.closest('.tile')?.setAttribute('disabled', '');
    image.closest('li')?.querySelector('.compare')?.setAttribute('disabled', '');
    image.remove();
  };
  document.addEventListener('error', event => event.target instanceof HTMLImageElement && drop(event.target), true);
  document.querySelectorAll('img').forEach(image => image.complete && !image.naturalWidth && image.loading !== 'lazy' && drop(image));
})();
