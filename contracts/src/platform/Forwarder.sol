// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";

/// @title Lets a wallet without gas call the market by signature: a relayer submits, the signer is the sender (ERC-2771).
contract Forwarder is ERC2771Forwarder {
    constructor() ERC2771Forwarder("Kaishi Forwarder") {}
}
