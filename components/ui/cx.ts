/** Joins class names, leaving out what is false. For controls whose looks live in `app/controls.css`. */
export { clsx as cx } from "clsx";
