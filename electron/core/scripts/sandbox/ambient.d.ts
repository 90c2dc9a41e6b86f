/** A module with all that it imports, as one CommonJS text for a thread (build/vite/threadCode.mjs). */
declare module '*?thread' {
  const code: string
  export default code
}

/** Of what every engine of JavaScript has for WebAssembly, the part that is used; the types of Node have none of it. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
}
declare const WebAssembly: {
  /** In pages of 64 KiB. */
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WebAssembly.Memory
}
