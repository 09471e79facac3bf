// The share of pixels that differ in an area: in words, or nothing where the browser does not let the page read them.
const differenceInWords = (() => {
  'use strict';

  // More would take a phone's memory: four bytes for each pixel, twice.
  const mostPixels = 16e6;

  function pixelsOf(image, width, height, fills) {
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0, fills ? width : image.naturalWidth, fills ? height : image.naturalHeight);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  }

  function words(differing, all) {
    const percent = 100 * differing / all;
    return differing === 0 ? 'No pixel differs: the file alone is another.'
      : differing === all ? 'All pixels differ.'
      : percent < 0.1 ? 'Less than 0.1% of the pixels differ.'
      : percent > 99.9 ? 'More than 99.9% of the pixels differ.'
      : `${Number(percent.toFixed(percent < 10 ? 1 : 0))}% of the pixels differ.`;
  }

  return (images, { width, height, fills }) => {
    if (width * height > mostPixels) {
      return '';
    }

    try {
      const [one, other] = images.map(image => pixelsOf(image, width, height, fills));
      return words(one.reduce((sum, pixel, i) => sum + (pixel !== other[i]), 0), one.length);
    } catch (error) {
      // A file beside the page is another origin: it can be seen, and not read.
      if (error.name === 'SecurityError' || error.name === 'InvalidStateError') {
        return '';
      }
      throw error;
    }
  };
})();
