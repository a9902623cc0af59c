/** The comparison of options: charts with intervals and paired differences, wrongful engagement as ratios, the bill. */

import { capital, number } from "../format";
import { Behind } from "../parts/behind";
import { Section } from "../parts/section";
import { Sheet } from "../parts/sheet";
import type { Comparison as Compared, Figure, Report } from "../report";
import { Ratios } from "./ratios";
import { FigureChart } from "./rows";
import { FigureTable } from "./table";
import { Estimated } from "./told";

export function Comparison({ of }: { of: Compared }) {
  const groups = of.groups.filter((group) => !["wrongful", "ladder", "cost"].includes(group.id));
  const base = of.options.find((one) => one.id === of.base)?.title ?? of.base;
  return (
    <>
      <Section id="comparison" title="The options compared"
        lead={<>{of.nights} nights under each option, the same nights for all. A bar is an interval of {Math.round(of.level * 100)} %. The second bar is the difference from “{base}”, night by night.</>}>
        {groups.map((group) => <Group key={group.id} title={group.title} figures={group.figures} of={of} />)}
        <ul class="cautions">{of.cautions.map((one) => <li key={one}>{one}</li>)}</ul>
      </Section>
      <Wrongful of={of} />
    </>
  );
}

function Wrongful({ of }: { of: Compared }) {
  const group = of.groups.find((one) => one.id === "wrongful");
  if (!group) return null;
  const differs = (figure: Figure) => !alike(figure, of);
  const rare = group.figures.filter((figure) => figure.reading === "rare"), others = group.figures.filter((figure) => figure.reading !== "rare");
  return (
    <Section id="wrongful" title="Who was fired at or harmed and should not have been"
      lead="It rests on assumed confusions. Read it as a ratio between options, not as a rate.">
      {rare.some(differs) && <Ratios figures={rare.filter(differs)} of={of} />}
      <Alike figures={rare.filter((figure) => !differs(figure))} of={of} />
      {others.length > 0 && <Charts figures={others} of={of} />}
      <Behind of={group.title} make={() => <FigureTable title={group.title} figures={group.figures} of={of} />} />
    </Section>
  );
}

export function Group({ title, figures, of }: { title: string; figures: Figure[]; of: Compared }) {
  return (
    <div class="figures">
      <h3>{title}</h3>
      <Charts figures={figures} of={of} />
      <Behind of={title} make={() => <FigureTable title={title} figures={figures} of={of} />} />
    </div>
  );
}

const alike = (figure: Figure, of: Compared) => of.options.every((option) => (figure.options[option.id]?.differing ?? 0) === 0);

/** Charts of what differs; what is alike under every option in every night is said in a line each. */
function Charts({ figures, of }: { figures: Figure[]; of: Compared }) {
  return (
    <>
      {figures.filter((figure) => !alike(figure, of)).map((figure) => <FigureChart key={figure.name} figure={figure} of={of} />)}
      <Alike figures={figures.filter((figure) => alike(figure, of))} of={of} />
    </>
  );
}

function Alike({ figures, of }: { figures: Figure[]; of: Compared }) {
  if (!figures.length) return null;
  return (
    <dl class="alike">
      <dt>Alike under every option, in every night</dt>
      {figures.map((figure) => <dd key={figure.name}>{capital(figure.label)}: <Estimated figure={figure} option={of.base} of={figure.options[of.base]!} /></dd>)}
    </dl>
  );
}

export function Bill({ report }: { report: Report }) {
  const group = report.comparison?.groups.find((one) => one.id === "cost");
  if (!group && !report.prices.length) return null;
  return (
    <Section id="bill" title="The bill">
      {group && report.comparison && <Group title={group.title} figures={group.figures} of={report.comparison} />}
      {report.prices.length > 0 && (
        <Sheet of="What things are taken to cost">
          <table>
            <caption>What things are taken to cost</caption>
            <thead><tr><th scope="col">What</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Unit</th><th scope="col">Grade</th><th scope="col">Source</th></tr></thead>
            <tbody>{report.prices.map((one) => <tr key={one.what}><th scope="row">{one.what}</th><td>{number(one.low)}</td><td>{number(one.high)}</td><td>{one.unit}</td><td>{one.grade}</td><td>{one.source}</td></tr>)}</tbody>
          </table>
        </Sheet>
      )}
    </Section>
  );
}
