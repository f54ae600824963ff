// The language of POST /coql: one SELECT. Words that are no key words may stand unquoted; key words in
// names and values are quoted. Each AND or OR joins two conditions, further ones need brackets.
grammar Coql;

statement : select EOF ;

select
  : SELECT column (',' column)*
    FROM source
    WHERE condition
    (GROUP BY expression (',' expression)*)?
    (ORDER BY order (',' order)*)?
    limit?
  ;

column : expression (AS? alias)? ;
alias : text ;

expression
  : text '(' text ')'   # call
  | text                # path
  ;

source : text ('#' WORD)? ;

condition
  : operand ((AND | OR) operand)?
  ;

operand
  : '(' condition ')'                                # brackets
  | text IS NOT? NULL                                # nullTest
  | text comparator value                            # comparison
  | text NOT? LIKE value                             # pattern
  | text NOT? BETWEEN value AND value                # range
  | text NOT? IN '(' item (',' item)* ')'            # list
  | text NOT? IN '(' select ')'                      # subqueryList
  ;

comparator : '=' | '!=' | '>' | '>=' | '<' | '<=' ;

value : text | '(' select ')' ;
item : text ;

order : expression (ASC | DESC)? ;

limit
  : LIMIT amount (',' amount)?
  | LIMIT amount OFFSET amount
  | OFFSET amount
  | OFFSET amount LIMIT amount
  ;
amount : text ;

text : WORD | SINGLE | DOUBLE ;

SELECT : S E L E C T ;
FROM : F R O M ;
WHERE : W H E R E ;
GROUP : G R O U P ;
ORDER : O R D E R ;
BY : B Y ;
AS : A S ;
AND : A N D ;
OR : O R ;
NOT : N O T ;
IN : I N ;
IS : I S ;
NULL : N U L L ;
LIKE : L I K E ;
BETWEEN : B E T W E E N ;
ASC : A S C ;
DESC : D E S C ;
LIMIT : L I M I T ;
OFFSET : O F F S E T ;

// names, paths (Owner.role.id, What_Id->Leads.id, !Leads.Owner), numbers, moments
WORD : (~[ \t\r\n,()'"=!<>#] | '!' ~[ \t\r\n,()'"=!<>#] | '->')+ ;
SINGLE : '\'' (~'\'' | '\'\'')* '\'' ;
DOUBLE : '"' (~'"' | '""')* '"' ;

// no operator of the language, but one that other languages have
UNKNOWN_OPERATOR : '<>' | '==' | '!<' | '!>' ;

SPACE : [ \t\r\n]+ -> skip ;
STRAY : . ;

fragment A : [aA] ; fragment B : [bB] ; fragment C : [cC] ; fragment D : [dD] ; fragment E : [eE] ;
fragment F : [fF] ; fragment G : [gG] ; fragment H : [hH] ; fragment I : [iI] ; fragment K : [kK] ;
fragment L : [lL] ; fragment M : [mM] ; fragment N : [nN] ; fragment O : [oO] ; fragment P : [pP] ;
fragment R : [rR] ; fragment S : [sS] ; fragment T : [tT] ; fragment U : [uU] ; fragment W : [wW] ;
fragment Y : [yY] ;
