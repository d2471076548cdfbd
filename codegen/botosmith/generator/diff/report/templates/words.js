"use strict";

// Comparing texts with a larger table takes a browser too long, and the result is too
// long to read; such texts are shown without marks.
const MOST_CELLS = 1_500_000;

/** Cuts two texts into pieces, each with a mark if the other text has it, too. */
function compareWords(before, after) {
  const olds = before.match(/\s+|\w+|[^\s\w]/gu) ?? [];
  const news = after.match(/\s+|\w+|[^\s\w]/gu) ?? [];
  let start = 0;
  while (start < olds.length && start < news.length && olds[start] === news[start]) {
    start += 1;
  }
  let end = 0;
  const most = Math.min(olds.length, news.length) - start;
  while (end < most && olds[olds.length - 1 - end] === news[news.length - 1 - end]) {
    end += 1;
  }
  const kept = findCommon(
    olds.slice(start, olds.length - end),
    news.slice(start, news.length - end),
  );
  const mark = (words, side) =>
    join(words, (index) =>
      index < start || index >= words.length - end || kept[side].has(index - start));
  return [mark(olds, 0), mark(news, 1)];
}

/** Returns the longest common subsequence, as indices of its words in both lists. */
function findCommon(olds, news) {
  const kept = [new Set(), new Set()];
  const width = news.length + 1;
  if ((olds.length + 1) * width > MOST_CELLS) return kept;
  const lengths = new Uint16Array((olds.length + 1) * width);
  for (let i = olds.length - 1; i >= 0; i -= 1) {
    for (let j = news.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      lengths[here] = olds[i] === news[j]
        ? lengths[here + width + 1] + 1
        : Math.max(lengths[here + width], lengths[here + 1]);
    }
  }
  for (let i = 0, j = 0; i < olds.length && j < news.length;) {
    if (olds[i] === news[j]) {
      kept[0].add(i++);
      kept[1].add(j++);
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}

function join(words, isKept) {
  const pieces = [];
  words.forEach((word, index) => {
    // A space between two words that differ is marked with them, as one piece.
    const isGap = index > 0 && index < words.length - 1 && !word.trim()
      && !isKept(index - 1) && !isKept(index + 1);
    const kept = isKept(index) && !isGap;
    const last = pieces.at(-1);
    if (last?.kept === kept) last.text += word;
    else pieces.push({ kept, text: word });
  });
  return pieces;
}
