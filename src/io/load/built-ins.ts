/** Whether a module changed what the language itself provides: everything that runs after it would go wrong. */

/** Remembers the built-in objects. What is returned puts them back, and names what was changed: `Array.prototype.map`. */
export function noteBuiltIns(): () => string[] {
  const before = BUILT_INS.map(([name, object]) => ({ name, object, own: getOwnPropertyDescriptors(object) }));
  return () => {
    const changed: string[] = [];
    for (const noted of before) {
      const now = getOwnPropertyDescriptors(noted.object);
      putBack(noted, now, changed);
      takeAway(noted, now, changed);
    }
    return changed;
  };
}

type Descriptors = Readonly<Record<PropertyKey, PropertyDescriptor>>;

interface Noted {
  readonly name: string;
  readonly object: object;
  readonly own: Descriptors;
}

// Taken before any module is loaded, and no methods of lists below: those may be what was changed.
const { defineProperty, hasOwn, is } = Object;
const getOwnPropertyDescriptors = Object.getOwnPropertyDescriptors as (object: object) => Descriptors;
const { ownKeys, deleteProperty } = Reflect;

function putBack({ name, object, own }: Noted, now: Descriptors, changed: string[]): void {
  for (const key of ownKeys(own)) {
    const was = own[key] as PropertyDescriptor;
    if (hasOwn(now, key) && is(now[key]?.value, was.value) && is(now[key]?.get, was.get)) continue;
    defineProperty(object, key, was);
    changed[changed.length] = `${name}.${key.toString()}`;
  }
}

/** A field that every object seems to have. Polyfills add theirs where no loop sees them. */
function takeAway({ name, object, own }: Noted, now: Descriptors, changed: string[]): void {
  for (const key of ownKeys(now)) {
    if (hasOwn(own, key) || !now[key]?.enumerable) continue;
    deleteProperty(object, key);
    changed[changed.length] = `${name}.${key.toString()}`;
  }
}

const BUILT_INS: readonly (readonly [name: string, object: object])[] = [
  ["Object.prototype", Object.prototype],
  ["Array.prototype", Array.prototype],
  ["String.prototype", String.prototype],
  ["Number.prototype", Number.prototype],
  ["RegExp.prototype", RegExp.prototype],
  ["Map.prototype", Map.prototype],
  ["Set.prototype", Set.prototype],
  ["Object", Object],
  ["Array", Array],
  ["Number", Number],
  ["JSON", JSON],
  ["Math", Math],
];
