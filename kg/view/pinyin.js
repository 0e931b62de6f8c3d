// Pinyin initials: 温州 is found by wz, 重庆 by cq or zq.  Each character has a set of initials, held as bits.
const LETTER_A = 97;

// For each character (UTF-16 unit) the bits of its initials.
const initialBits = lazily(() => {
  const bits = new Int32Array(65536);
  for (const [character, letters] of Object.entries(data.initials)) {
    for (const letter of letters) bits[character.charCodeAt(0)] |= bitOf(letter);
  }
  return bits;
});

function bitOf(letter) {
  const place = letter.charCodeAt(0) - LETTER_A;
  return place >= 0 && place < 26 ? 1 << place : 0;
}

function hasLatin(text) {
  return /[a-z]/.test(text);
}

// The places of a text from which on its characters, or their initials, are those of a query; calls found(place).
function eachByInitials(text, query, found) {
  const bits = initialBits();
  const codes = Array.from(query, (letter) => letter.charCodeAt(0));
  const wanted = Array.from(query, bitOf);
  const fits = (at, i) => { const code = text.charCodeAt(at); return code === codes[i] || (bits[code] & wanted[i]) !== 0; };
  for (let at = 0; at <= text.length - codes.length; at++) {
    let i = 0;
    while (i < codes.length && fits(at + i, i)) i += 1;
    if (i === codes.length) found(at);
  }
}
