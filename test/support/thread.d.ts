/** A module with all that it imports, as one CommonJS text for a thread (build/vite/threadCode.mjs). */
declare module '*?thread' {
  const code: string
  export default code
}
