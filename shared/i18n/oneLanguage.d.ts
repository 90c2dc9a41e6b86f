// The words as in namespaces.ts, or one language of them, as build/vite/oneLanguage.mjs gives them to the page.
declare module '*?language=en' {
  import type { namespaces as all } from '#shared/i18n/namespaces'
  export const namespaces: typeof all
}
declare module '*?language=zh-CN' {
  import type { namespaces as all } from '#shared/i18n/namespaces'
  export const namespaces: typeof all
}
declare module '*?language=zh-TW' {
  import type { namespaces as all } from '#shared/i18n/namespaces'
  export const namespaces: typeof all
}
