import { Body, Container, Head, Heading, Html, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";

/** Mail programs know no stylesheets worth relying on: everything is said inline, in colours that survive dark mode. */
const SANS = "Onest, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

export const paragraph: CSSProperties = {
  margin: "0 0 16px",
  fontSize: "16px",
  lineHeight: "24px",
  color: "#1f2328",
};

type Props = {
  readonly locale: string;
  readonly preview: string;
  readonly title: string;
  readonly footer: string;
  /** Who writes, where it is not Kolo itself. */
  readonly sender?: string;
  readonly children: ReactNode;
};

/** The paper every letter is written on: one column, the name on top, the reason for the letter at the foot. */
export function Layout({ locale, preview, title, footer, sender = "Kolo", children }: Props) {
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
      </Head>
      <Body style={{ margin: 0, padding: "32px 12px", backgroundColor: "#f4f4f1", fontFamily: SANS }}>
        <Preview>{preview}</Preview>
        <Container
          style={{
            maxWidth: "480px",
            margin: "0 auto",
            padding: "32px 28px",
            backgroundColor: "#ffffff",
            borderRadius: "16px",
          }}
        >
          <Text style={{ margin: "0 0 24px", fontSize: "15px", fontWeight: 700, color: "#5b6068" }}>
            {sender}
          </Text>
          <Heading
            as="h1"
            style={{ margin: "0 0 16px", fontSize: "24px", lineHeight: "30px", color: "#1f2328" }}
          >
            {title}
          </Heading>
          {children}
          <Section style={{ borderTop: "1px solid #e3e3de", marginTop: "8px", paddingTop: "16px" }}>
            <Text style={{ margin: 0, fontSize: "13px", lineHeight: "19px", color: "#5b6068" }}>
              {footer}
            </Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
