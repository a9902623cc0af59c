/** A group of figures as a table: the same numbers in full. */

import { capital } from "../format";
import type { Comparison, Figure } from "../report";
import { Against, Estimated } from "./told";

export function FigureTable({ title, figures, of }: { title: string; figures: Figure[]; of: Comparison }) {
  return (
    <table>
      <caption>{title}: {of.nights} nights, intervals of {Math.round(of.level * 100)} %, differences night by night against {of.base}</caption>
      <thead><tr><th scope="col">Figure</th><th scope="col">Option</th><th scope="col">A night</th><th scope="col">Against the base</th><th scope="col">Nights that differ</th></tr></thead>
      <tbody>
        {figures.flatMap((figure) => of.options.filter((option) => figure.options[option.id]).map((option, place) => {
          const told = figure.options[option.id]!;
          return (
            <tr key={`${figure.name}/${option.id}`} class={place === 0 ? "first" : ""}>
              <th scope="row">{place === 0 ? <>{capital(figure.label)}{figure.unit && ` (${figure.unit})`}</> : <span class="unseen">{figure.label}</span>}</th>
              <td>{option.title} <small>{option.id}</small></td>
              <td><Estimated figure={figure} option={option.id} of={told} /></td>
              <td><Against figure={figure} option={option.id} of={told} /></td>
              <td>{told.differing}</td>
            </tr>
          );
        }))}
      </tbody>
    </table>
  );
}
