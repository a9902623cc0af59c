/** The ladder: its rungs with their precedents, and how high each option's median night came. */

import { Behind } from "../parts/behind";
import { Sheet } from "../parts/sheet";
import { Section } from "../parts/section";
import type { Comparison, Figure, Report } from "../report";
import { capital } from "../format";
import { Key } from "./bars";
import { FigureTable } from "./table";
import { Against, Estimated } from "./told";

export function Ladder({ report }: { report: Report }) {
  const { ladder, comparison } = report;
  const group = comparison?.groups.find((one) => one.id === "ladder");
  if (!ladder && !group) return null;
  return (
    <Section id="ladder" title="The ladder" lead="Rungs order steps; distances between them mean nothing. What the other side does stands on the same scale, which is assumed.">
      {group && comparison && group.figures.map((figure) => <Highest key={figure.name} figure={figure} of={comparison} />)}
      {ladder && <Rungs ladder={ladder} figures={group?.figures ?? []} of={comparison} />}
      {group && comparison && <Behind of={group.title} make={() => <FigureTable title={group.title} figures={group.figures} of={comparison} />} />}
      {ladder && ladder.sources.length > 0 && <p class="muted">{ladder.sources.join(" · ")}</p>}
    </Section>
  );
}

function Highest({ figure, of }: { figure: Figure; of: Comparison }) {
  return (
    <dl class="highest" data-chart={figure.name}>
      <dt>Highest rung, {figure.label}, median night</dt>
      {of.options.filter((option) => figure.options[option.id]).map((option, place) => (
        <dd key={option.id}><span class="name"><Key option={place} /> {option.title}</span> <span>rung <Estimated figure={figure} option={option.id} of={figure.options[option.id]!} /></span> <span class="muted"><Against figure={figure} option={option.id} of={figure.options[option.id]!} /></span></dd>
      ))}
    </dl>
  );
}

function Rungs({ ladder, figures, of }: { ladder: NonNullable<Report["ladder"]>; figures: Figure[]; of: Comparison | null }) {
  const rungs = ladder.rungs.toSorted((a, b) => b.rung - a.rung);
  const here = (figure: Figure, rung: number) => of?.options.map((option, place) => ({ option, place })).filter(({ option }) => figure.options[option.id]?.estimate?.value === rung) ?? [];
  return (
    <Sheet of={ladder.title}>
      <table class="rungs">
        <caption>{ladder.title}</caption>
        <thead><tr><th scope="col">Rung</th><th scope="col">Step</th><th scope="col">Public precedent</th>{figures.map((one) => <th scope="col" key={one.name}>{capital(one.label)}</th>)}</tr></thead>
        <tbody>
          {rungs.map((one, at) => (
            <tr key={`${one.rung}/${one.title}`}>
              <td>{one.rung}</td><th scope="row">{one.title}</th><td>{one.precedents.join("; ")}</td>
              {figures.map((figure) => (
                <td key={figure.name}>
                  {rungs[at - 1]?.rung !== one.rung && here(figure, one.rung).map(({ option, place }) => <span key={option.id} class="at"><Key option={place} /><span class="unseen">{option.title}, median night</span></span>)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}
