/** Answers a made-up value such as that of `person.fullName`; undefined = there is no such field. */
export type FakerFields = (name: string) => string | number | boolean | undefined

/**
 * Loads the library of made-up names, places and the like, which is large, when a template first asks for it. Its fields are
 * functions of its modules that need no argument and answer one value: `person.fullName`, `location.city`, `vehicle.vin`.
 */
export const loadFakerFields = async (): Promise<FakerFields> => {
  const { faker } = await import('@faker-js/faker/locale/en')
  const modules = new Map<string, object>(Object.entries(faker).filter(isModule))
  return (name) => {
    const [moduleName = '', field = '', ...more] = name.split('.')
    const module = modules.get(moduleName)
    if (!module || more.length > 0 || !isFieldName(field)) return undefined
    const make: unknown = Reflect.get(module, field)
    if (typeof make !== 'function') return undefined
    try {
      return plain(Reflect.apply(make, module, []))
    } catch {
      // It wants an argument.
      return undefined
    }
  }
}

const isModule = (entry: [string, unknown]): entry is [string, object] =>
  !entry[0].startsWith('_') &&
  !['definitions', 'rawDefinitions', 'helpers'].includes(entry[0]) &&
  typeof entry[1] === 'object' &&
  entry[1] !== null

const isFieldName = (name: string) => /^[a-z][a-zA-Z0-9]*$/.test(name) && !(name in Object.prototype)

const plain = (value: unknown): string | number | boolean | undefined => {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}
