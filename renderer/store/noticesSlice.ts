import type { AppError } from '#shared/result'
import type { SliceCreator } from './sliceCreator'

/** Something to tell that belongs to no control: an undo after a removal, a failure in the background. */
export interface Notice {
  readonly id: number
  readonly content: { readonly text: string } | { readonly error: AppError }
  readonly action: NoticeAction | null
}

export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export interface NoticesSlice {
  readonly notices: readonly Notice[]
  showNotice(notice: { readonly text: string; readonly action?: NoticeAction }): void
  receiveNotice(error: AppError): void
  dismissNotice(id: number): void
}

export const createNoticesSlice =
  (first: readonly AppError[]): SliceCreator<NoticesSlice> =>
  (set) => {
    let nextId = first.length
    const add = (content: Notice['content'], action: NoticeAction | null) => {
      const notice = { id: nextId++, content, action }
      set((state) => ({ notices: [...state.notices, notice] }))
    }
    return {
      notices: first.map((error, id) => ({ id, content: { error }, action: null })),
      showNotice: ({ text, action }) => add({ text }, action ?? null),
      receiveNotice: (error) => add({ error }, null),
      dismissNotice: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
    }
  }
