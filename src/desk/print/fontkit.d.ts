/** What we use of fontkit 2, which brings no types; `FontFile` says what a font gives. */
declare module 'fontkit' {
  export function create(bytes: Uint8Array): unknown
}
