import { render } from "preact";
import { App } from "./app";
import { given } from "./given";
import "./style/page.css";

const page = document.getElementById("page")!;
const report = given();
page.replaceChildren();
render(typeof report === "string" ? <main class="none"><h1>holdfire</h1><p role="alert">{report}</p></main> : <App report={report} />, page);
