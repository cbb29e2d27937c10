import { Section, Text } from "@react-email/components";
import { Layout, paragraph } from "./layout";

export type SignInCodeProps = {
  readonly locale: string;
  readonly preview: string;
  readonly title: string;
  readonly text: string;
  readonly code: string;
  readonly footer: string;
};

/** A one-time code, large enough to read from a lock screen and whole enough to copy with one tap. */
export function SignInCode({ text, code, ...paper }: SignInCodeProps) {
  return (
    <Layout {...paper}>
      <Text style={paragraph}>{text}</Text>
      <Section
        style={{
          margin: "8px 0 24px",
          padding: "20px 0",
          borderRadius: "12px",
          backgroundColor: "#f4f4f1",
          textAlign: "center",
        }}
      >
        <Text
          style={{
            margin: 0,
            fontSize: "36px",
            lineHeight: "40px",
            fontWeight: 700,
            letterSpacing: "8px",
            color: "#1f2328",
            fontVariantNumeric: "tabular-nums",
          }}
        >
          {code}
        </Text>
      </Section>
    </Layout>
  );
}
