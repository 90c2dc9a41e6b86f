import type { Phrase } from '#shared/i18n/words'
import type { AppError } from '#shared/result'
import { defineAppState } from './app'

/** Something to tell that belongs to no control: an undo after a removal, a failure in the background. */
export interface Notice {
  readonly id: number
  readonly content: { readonly text: Phrase | string } | { readonly error: AppError }
  readonly action: NoticeAction | null
}

export interface NoticeAction {
  readonly label: Phrase | string
  readonly run: () => void
}

export interface NoticesState {
  /** Oldest first. */
  readonly all: readonly Notice[]
  show(notice: { readonly text: Phrase | string; readonly action?: NoticeAction }): void
  showError(error: AppError): void
  dismiss(id: number): void
}

export const noticesState = defineAppState<NoticesState>('notices', ({ owner, set }) => {
  let nextId = 0
  const made = (content: Notice['content'], action: NoticeAction | null): Notice => ({ id: nextId++, content, action })
  const add = (content: Notice['content'], action: NoticeAction | null) => {
    const notice = made(content, action)
    set(({ all }) => ({ all: [...all, notice] }))
  }
  return {
    all: owner.snapshot.notices.map((error) => made({ error }, null)),
    show: ({ text, action }) => add({ text }, action ?? null),
    showError: (error) => add({ error }, null),
    dismiss: (id) => set(({ all }) => ({ all: all.filter((notice) => notice.id !== id) })),
  }
})
