// SPDX-License-Identifier: Apache-2.0
//
// contrast: the visible text of a page that is too faint for its ground (WCAG 2.2, 1.4.3).

// Runs in the page.
function faint(least) {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const opaque = (colour) => channels(colour).length === 3 || channels(colour)[3] === 1;
  const luminance = (colour) => {
    const [r, g, b] = channels(colour)
      .slice(0, 3)
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (opaque(ground)) return ground;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest(":disabled")) continue;
    const pair = [getComputedStyle(element).color, groundOf(element)].map(luminance).sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < least) found.push(`${text}: ${ratio.toFixed(2)}`);
  }
  return found;
}

export const faintText = (page, least = 4.5) => page.evaluate(faint, least);
