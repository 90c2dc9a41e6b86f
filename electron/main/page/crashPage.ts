import type { Language } from '#shared/model/settings'
import { pageAddress } from './appAddress'

interface Words {
  readonly title: string
  readonly text: string
  readonly reload: string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'The window stopped working',
    text: 'Your connections are still open and go on receiving. Load the window again to see them.',
    reload: 'Load again',
  },
  'zh-CN': {
    title: '窗口已停止工作',
    text: '你的连接仍然保持，并继续接收消息。重新加载窗口即可查看。',
    reload: '重新加载',
  },
  'zh-TW': {
    title: '視窗已停止運作',
    text: '你的連線仍然保持，並持續接收訊息。重新載入視窗即可查看。',
    reload: '重新載入',
  },
}

const style = `:root { color-scheme: light dark }
body { display: grid; place-content: center; min-height: 100vh; margin: 0; font: 15px/1.5 system-ui, sans-serif }
main { max-width: 28rem; padding: 1rem }
h1 { font-size: 1.25rem }
a { display: inline-block; padding: 0.5rem 1rem; border-radius: 6px; background: #2563eb; color: #fff; text-decoration: none }
a:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px }`

/** Shown after the page's process ended. Without a script: loading again is a link to the one page we may go to. */
export const crashPage = (language: Language, styleNonce: string): string => {
  const { title, text, reload } = words[language]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${title}</title><style nonce="${styleNonce}">${style}</style></head>
<body><main role="alert"><h1>${title}</h1><p>${text}</p><a href="${pageAddress}" autofocus>${reload}</a></main></body>
</html>
`
}
