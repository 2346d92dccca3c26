; The stage as a ring of columns: read from the level's picture, kept in the block buffers,
; drawn through the VRAM buffer. The parser keeps 24 columns ahead of the screen's left edge.

.import LevelPageLow, LevelPageHigh
.importzp LevelPages

PARSE_AHEAD = 24

ParseAhead:
    lda VramLength              ; a column and a redrawn block are too much for one vertical blank
    cmp #12
    bcs @wait
    lda LeftPage
    asl a
    asl a
    asl a
    asl a
    sta Tmp
    lda LeftX
    lsr a
    lsr a
    lsr a
    lsr a
    clc
    adc Tmp
    adc #PARSE_AHEAD
    sta Tmp
    lda ParserPage
    asl a
    asl a
    asl a
    asl a
    ora ParserColumn
    cmp Tmp
    bcs @wait
    lda AttrPending
    beq ParseColumn
@wait:
    rts

ParseColumn:
    ldx ParserPage
    cpx #LevelPages
    bcs ParserDone
    lda LevelPageLow,x
    sta Ptr
    lda LevelPageHigh,x
    sta Ptr+1
    txa
    jsr PointRing
    ldy ParserColumn
    ldx #0
@row:
    lda (Ptr),y
    sta MetatileBuffer,x
    cmp #$10                    ; scenery is air to everything that moves
    bcc @air
    cmp #$40
    bcc @store
    cmp #$51
    bcc @air
    cmp #$80
    bcc @store
    cmp #$88
    bcs @store
@air:
    lda #0
@store:
    sta (RingPtr),y
    tya
    clc
    adc #16
    tay
    inx
    cpx #13
    bne @row
    jsr PlaceGoalObjects
    jsr DrawColumn
    inc ParserColumn
    lda ParserColumn
    cmp #16
    bcc ParserDone
    lda #0
    sta ParserColumn
    inc ParserPage
ParserDone:
    rts

; RingPtr = the block buffer of page A.
PointRing:
    lsr a
    lda #<BlockBuffer0
    ldx #>BlockBuffer0
    bcc :+
    lda #<BlockBuffer1
    ldx #>BlockBuffer1
:   sta RingPtr
    stx RingPtr+1
    rts

; Queues the parsed column: two strips of 26 tiles, downwards. Tmp: 0 address high, 1 low,
; 2 row, 3 attribute bits of the row.
DrawColumn:
    lda ParserPage
    and #1
    asl a
    asl a
    ora #>AT(4, 0)
    sta Tmp
    sta AttrHigh
    lda ParserColumn
    asl a
    ora #<AT(4, 0)
    sta Tmp+1
    ldx VramLength
    jsr @header
    sta VramBuffer+29+1,x
    lda Tmp
    sta VramBuffer+29,x
    lda #26 | $80
    sta VramBuffer+29+2,x
    inc VramBuffer+29+1,x

    ldy #0
    sty Tmp+2
@row:
    ldy Tmp+2
    lda MetatileBuffer,y
    jsr PointMetatile
    lda (Ptr),y
    sta VramBuffer+3,x
    iny
    lda (Ptr),y
    sta VramBuffer+29+3,x
    iny
    lda (Ptr),y
    sta VramBuffer+4,x
    iny
    lda (Ptr),y
    sta VramBuffer+29+4,x
    inx
    inx
    inc Tmp+2
    lda Tmp+2
    cmp #13
    bne @row
    lda VramLength
    clc
    adc #58
    sta VramLength
    tax
    lda #0
    sta VramBuffer,x

    ; Attributes: a byte covers two columns and two rows, two bits each.
    lda ParserColumn
    lsr a
    bcs @odd
    ldx #6
    lda #0
:   sta AttrShadow,x
    dex
    bpl :-
@odd:
    ldx #0
@attribute:
    txa
    lsr a
    tay                         ; the row's attribute byte
    lda #0
    rol a
    sta Tmp+3                   ; 0 upper, 1 lower half
    lda ParserColumn
    lsr a
    rol Tmp+3                   ; and 1 for the right half
    sty Tmp+4
    ldy Tmp+3
    lda MetatileBuffer,x
    cmp #$16
    bcs :+
    cmp #$10                    ; stumps are brown
    bcc :+
    ora #%01000000
:   and #%11000000              ; the class is the palette, in the place of the lower right quarter
@shift:
    cpy #3
    beq @merge
    lsr a
    lsr a
    iny
    bne @shift
@merge:
    ldy Tmp+4
    ora AttrShadow,y
    sta AttrShadow,y
    inx
    cpx #13
    bne @attribute
    lda ParserColumn
    lsr a
    bcc @end
    clc
    adc #<$23C8
    sta AttrLow
    lda AttrHigh
    ora #>$23C8
    sta AttrHigh
    sta AttrPending
@end:
    rts
@header:
    lda Tmp
    sta VramBuffer,x
    lda #26 | $80
    sta VramBuffer+2,x
    lda Tmp+1
    sta VramBuffer+1,x
    rts

; The attribute bytes of a finished column pair go out a frame after its tiles, far off the screen.
SendAttributes:
    lda AttrPending
    beq @end
    lda VramLength
    cmp #40
    bcs @end
    tax
    ldy #0
@next:
    lda AttrHigh
    sta VramBuffer,x
    lda AttrLow
    sta VramBuffer+1,x
    clc
    adc #8
    sta AttrLow
    lda #1
    sta VramBuffer+2,x
    lda AttrShadow,y
    sta VramBuffer+3,x
    inx
    inx
    inx
    inx
    iny
    cpy #7
    bne @next
    stx VramLength
    lda #0
    sta VramBuffer,x
    sta AttrPending
@end:
    rts

; Ptr, Y = the four tiles of metatile A: upper left, upper right, lower left, lower right.
PointMetatile:
    pha
    rol a
    rol a
    rol a
    and #%00000011
    tay
    lda MetatileTableLow,y
    sta Ptr
    lda MetatileTableHigh,y
    sta Ptr+1
    pla
    asl a
    asl a
    tay
    rts

; Queues metatile A at place ProbeIndex of page ProbePage, 16 pixels square.
DrawMetatile:
    pha
    lda ProbeIndex
    lsr a
    lsr a
    lsr a
    lsr a
    sta Tmp                     ; row
    lsr a
    lsr a
    sta Tmp+1                   ; row * 64, high
    lda Tmp
    ror a
    ror a
    ror a
    and #%11000000
    sta Tmp                     ; low
    lda ProbeIndex
    and #15
    asl a
    ora Tmp
    clc
    adc #<AT(4, 0)
    sta Tmp
    lda Tmp+1
    adc #>AT(4, 0)
    sta Tmp+1
    lda ProbePage
    and #1
    asl a
    asl a
    ora Tmp+1
    sta Tmp+1
    pla
    jsr PointMetatile
    ldx VramLength
    jsr @half
    lda Tmp
    clc
    adc #32
    sta Tmp
    bcc :+
    inc Tmp+1
:   jsr @half
    stx VramLength
    lda #0
    sta VramBuffer,x
    rts
@half:
    lda Tmp+1
    sta VramBuffer,x
    lda Tmp
    sta VramBuffer+1,x
    lda #2
    sta VramBuffer+2,x
    lda (Ptr),y
    iny
    sta VramBuffer+3,x
    lda (Ptr),y
    iny
    sta VramBuffer+4,x
    inx
    inx
    inx
    inx
    inx
    rts

; The gold in palette 3 shimmers.
ShimmerGold:
    lda FrameCounter
    and #7
    bne @end
    ldx VramLength
    cpx #60
    bcs @end
    lda #$3F
    sta VramBuffer,x
    lda #$0E
    sta VramBuffer+1,x
    lda #1
    sta VramBuffer+2,x
    lda FrameCounter
    lsr a
    lsr a
    lsr a
    and #7
    tay
    lda @gold,y
    sta VramBuffer+3,x
    txa
    clc
    adc #4
    sta VramLength
    tax
    lda #0
    sta VramBuffer,x
@end:
    rts
@gold:
    .byte $27, $27, $27, $27, $27, $27, $37, $37
