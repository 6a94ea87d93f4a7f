/* Numbers as people type them, as the API takes them; null where it is none.  The same as web/typed.c. */
const SIGNS = { '。': '.', '．': '.', '％': '%', '，': ',' };
const ungrouped = text => text.replace(/^[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])/, whole => whole.replace(/,/g, '')); // "1,5" is no 15
const plain = text => ungrouped(text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[。．％， 　￥¥]/g, sign => SIGNS[sign] || ''));

/* "480，000元", "４８万" are "480000.00". */
export function money(text) {
  const [, whole, places = '', unit] = /^([0-9]+)\.?([0-9]*)(万|亿)?元?$/.exec(plain(text)) || [];
  const shift = { 万: 4, 亿: 8 }[unit] || 0;
  if (!whole || places.length > shift + 2) return null;
  const all = places.padEnd(shift + 2, '0');
  return `${(whole + all.slice(0, shift)).replace(/^0+(?=[0-9])/, '')}.${all.slice(shift)}`;
}

/* "8" is "8%"; below 1 nobody knows whether "0.15" is meant to be 15 %. */
export function rate(text) {
  const [, whole, places, said] = /^([0-9]+)(?:\.([0-9]*))?(%)?$/.exec(plain(text)) || [];
  return whole && (said || !/^0+$/.test(whole)) ? `${whole}${places ? `.${places}` : ''}%` : null;
}

export const whole = text => (/^[0-9]+$/.test(plain(text)) ? Number(plain(text)) : null);
