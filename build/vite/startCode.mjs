const entry = /[\\/]renderer[\\/]app[\\/]main\.tsx$/

/**
 * Which modules the page needs before it can draw anything: what its first module imports, and what that imports. They stand
 * in one file, so that a start asks for one. What is imported when it is needed is left out.
 * @returns {{ plugin: import('vite').Plugin, isAtStart: (id: string) => boolean }}
 */
export const startCode = () => {
  /** @type {Set<string>} */
  const atStart = new Set()
  return {
    isAtStart: (id) => atStart.has(id),
    plugin: {
      name: 'start-code',
      apply: 'build',
      buildEnd() {
        atStart.clear()
        for (const id of this.getModuleIds()) if (entry.test(id)) atStart.add(id)
        for (const id of atStart) for (const needed of this.getModuleInfo(id)?.importedIds ?? []) atStart.add(needed)
      },
    },
  }
}
