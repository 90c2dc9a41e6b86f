import { createContext, useContext } from 'react'

/** Whose views these are, where the same views of another connection stand beside them; '' = nothing does. */
export const LandmarkContext = createContext('')

/** What a landmark is called: no two of a page may have the same name, or a screen reader's list of them is no use. */
export const useLandmarkName = (name: string): string => {
  const owner = useContext(LandmarkContext)
  return owner === '' ? name : `${name} · ${owner}`
}
