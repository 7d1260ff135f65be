// SPDX-License-Identifier: Apache-2.0
//
// layout: text that leaves its picture or lies over other text, of a page and of an SVG picture.

// Runs in the page; the lines of each text within the elements that are named.
function badlyPlaced(selectors) {
  const lines = [];
  for (const root of document.querySelectorAll(selectors)) {
    const bounds = root.getBoundingClientRect();
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest(".unseen")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) lines.push({ node, rect, bounds, text: node.data.trim().slice(0, 40) });
    }
  }
  const found = lines.length === 0 ? ["there is no text at all"] : [];
  const slack = 1;
  for (const { rect, bounds, text } of lines) {
    const out = rect.left < Math.max(bounds.left, 0) - slack || rect.right > Math.min(bounds.right, innerWidth) + slack;
    if (out) found.push(`${text}: leaves its place`);
  }
  lines.forEach((one, at) => {
    for (const other of lines.slice(at + 1)) {
      if (one.node === other.node) continue;
      const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      if (wide > slack && high > slack) found.push(`${one.text} over ${other.text}`);
    }
  });
  return found;
}

// Runs in an SVG picture; the contrast is that of the text with the last ground drawn under it.
function badlyDrawn(least) {
  const { width, height } = document.documentElement.viewBox.baseVal;
  const channels = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour)
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const texts = [...document.querySelectorAll("text")].map((element) => ({ element, box: element.getBBox(), text: element.textContent.slice(0, 40) }));
  const grounds = [...document.querySelectorAll("rect")].map((element) => ({ element, box: element.getBBox() }));
  const found = texts.length === 0 ? ["there is no text at all"] : [];
  const slack = 0.5;
  for (const { element, box, text } of texts) {
    if (box.x < -slack || box.x + box.width > width + slack || box.y < -slack || box.y + box.height > height + slack) {
      found.push(`${text}: leaves the picture`);
    }
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const under = grounds.filter(
      ({ element: ground, box: at }) =>
        ground.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING &&
        x >= at.x && x <= at.x + at.width && y >= at.y && y <= at.y + at.height,
    );
    const pair = [element, under.at(-1).element].map((one) => luminance(getComputedStyle(one).fill)).sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < least) found.push(`${text}: contrast ${ratio.toFixed(2)}`);
  }
  texts.forEach((one, at) => {
    for (const other of texts.slice(at + 1)) {
      const wide = Math.min(one.box.x + one.box.width, other.box.x + other.box.width) - Math.max(one.box.x, other.box.x);
      const high = Math.min(one.box.y + one.box.height, other.box.y + other.box.height) - Math.max(one.box.y, other.box.y);
      if (wide > slack && high > slack) found.push(`${one.text} over ${other.text}`);
    }
  });
  if (document.documentElement.getBoundingClientRect().right > innerWidth + 1) found.push("the picture leaves the window");
  return found;
}

export const misplacedText = (page, selectors) => page.evaluate(badlyPlaced, selectors);
export const misdrawnText = (page, least = 4.5) => page.evaluate(badlyDrawn, least);
