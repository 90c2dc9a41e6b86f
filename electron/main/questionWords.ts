import type { Language } from '#shared/model/settings'
import type { Question } from '../core/files'

/** What the system's dialog says. */
export interface QuestionWords {
  readonly message: string
  readonly detail: string
  readonly no: string
  readonly yes: string
}

const longestPath = 200

/** A path as it can be trusted on screen: nothing in it is invisible or turns the text around, and both ends are seen. */
const shownPath = (path: string): string => {
  const visible = path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`)
  if (visible.length <= longestPath) return visible
  return `${visible.slice(0, longestPath / 2)}…${visible.slice(-longestPath / 2)}`
}

const wordsFor: Readonly<Record<Language, (question: Question) => QuestionWords>> = {
  en: (question) =>
    question.kind === 'storeSecretsReadable'
      ? {
          message: 'Keep passwords readable on disk?',
          detail:
            'This system offers no keyring. Passwords and key passphrases would be stored without encryption: whoever can read your files can read them.',
          no: 'Cancel',
          yes: 'Store readable',
        }
      : {
          message: 'Read these files for the connection?',
          detail: `Their paths were typed, not chosen:\n\n${question.paths.map(shownPath).join('\n')}\n\nTopicscope reads them when it connects, and what the connection uses of them is shown to its broker. Cancel if you did not type them.`,
          no: 'Cancel',
          yes: 'Read files',
        },
  'zh-CN': (question) =>
    question.kind === 'storeSecretsReadable'
      ? {
          message: '以可读形式将密码存放在磁盘上？',
          detail: '此系统没有密钥环。密码和密钥口令将不加密存储：能读取您文件的人就能读取它们。',
          no: '取消',
          yes: '以可读形式存储',
        }
      : {
          message: '为此连接读取这些文件？',
          detail: `它们的路径是输入的，不是选择的：\n\n${question.paths.map(shownPath).join('\n')}\n\nTopicscope 在连接时读取它们，连接所用的内容会展示给服务器。如果不是您输入的，请取消。`,
          no: '取消',
          yes: '读取文件',
        },
  'zh-TW': (question) =>
    question.kind === 'storeSecretsReadable'
      ? {
          message: '以可讀形式將密碼存放在磁碟上？',
          detail: '此系統沒有金鑰圈。密碼與金鑰密碼片語將不加密儲存：能讀取您檔案的人就能讀取它們。',
          no: '取消',
          yes: '以可讀形式儲存',
        }
      : {
          message: '為此連線讀取這些檔案？',
          detail: `它們的路徑是輸入的，不是選擇的：\n\n${question.paths.map(shownPath).join('\n')}\n\nTopicscope 在連線時讀取它們，連線所用的內容會展示給伺服器。如果不是您輸入的，請取消。`,
          no: '取消',
          yes: '讀取檔案',
        },
}

export const questionWords = (question: Question, language: Language): QuestionWords => wordsFor[language](question)
