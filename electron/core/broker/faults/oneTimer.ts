/** At most one call that is to come. */
export interface OneTimer {
  isSet(): boolean
  /** Milliseconds from now. */
  set(milliseconds: number): void
  clear(): void
}

export const createOneTimer = (act: () => void): OneTimer => {
  let timer: NodeJS.Timeout | null = null
  const clear = () => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  return {
    isSet: () => timer !== null,
    set: (milliseconds) => {
      clear()
      timer = setTimeout(() => {
        timer = null
        act()
      }, milliseconds)
    },
    clear,
  }
}
